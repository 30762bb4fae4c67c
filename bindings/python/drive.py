"""Drives a real server through the Python bindings: offline first, then signed up, synced and watched."""

import asyncio
import json
import os
import tempfile
import threading

import mediconnect_bindings as mediconnect

SERVER = os.environ["MEDICONNECT_SERVER"]


class Bell(mediconnect.Watcher):
    def __init__(self):
        self.rung = threading.Event()

    def changed(self):
        self.rung.set()


def person(name):
    return mediconnect.Person(
        name=name, email=f"{name.lower()}@example.org", password="correct horse battery", language="en", zone="UTC"
    )


async def signs_up_and_saves_settings(app):
    try:
        app.submit("settings.save", "{}")
        raise AssertionError("nobody is signed in")
    except mediconnect.AppError.Argument:
        pass
    assert app.session() is None

    session = json.loads(await app.sign_up_patient(person("Meera")))
    assert session["role"] == {"name": "patient"}, session
    bell = Bell()
    app.watch(["settings"], bell)
    state = json.loads(await app.sync_now())
    assert state["online"] and state["last_synced_at"], state

    settings = {
        "language": "hi",
        "theme": "dark",
        "text_size": "large",
        "zone": "Asia/Kolkata",
        "notices": {"visits": True, "requests": True, "waitlist": False},
    }
    bell.rung.clear()
    app.submit("settings.save", json.dumps(settings))
    assert json.loads(app.get("settings", session["account_id"]))["theme"] == "dark", "shown at once"
    assert await asyncio.to_thread(bell.rung.wait, 10), "and told"
    await app.sync_now()
    assert json.loads(app.pending()) == []
    assert json.loads(app.list("settings"))[0]["language"] == "hi"
    return session


async def is_refused_with_a_reason(app):
    try:
        app.submit("appointments.cancel", json.dumps({"appointment_id": app.new_id(), "reason": "cannot_come"}))
        raise AssertionError("there is no such visit")
    except mediconnect.AppError.Refused as refused:
        assert refused.code == "not_found", refused
    for name, args in [("no.such", "{}"), ("settings.save", '{"language": 7}'), ("settings.save", "not json")]:
        try:
            app.submit(name, args)
            raise AssertionError(f"{name} {args} was taken")
        except mediconnect.AppError.Argument:
            pass


async def many_at_once(app):
    states = await asyncio.gather(*(app.sync_now() for _ in range(20)))
    assert len(states) == 20
    try:
        await app.sign_in("meera@example.org", "wrong")
        raise AssertionError("signed in with a wrong password")
    except mediconnect.AppError.WrongCredentials:
        pass


async def main():
    with tempfile.TemporaryDirectory() as folder:
        app = mediconnect.App.open(folder, SERVER, True)
        session = await signs_up_and_saves_settings(app)
        await is_refused_with_a_reason(app)
        await many_at_once(app)
        app.shutdown()

        # Again, with the server out of reach: everything is still here.
        offline = mediconnect.App.open(folder, "http://127.0.0.1:9", True)
        assert json.loads(offline.session())["account_id"] == session["account_id"]
        assert json.loads(offline.list("settings"))[0]["theme"] == "dark"
        try:
            await offline.sync_now()
            raise AssertionError("synced with nobody")
        except mediconnect.AppError.Offline:
            pass
        offline.shutdown()
    print("python bindings: fine")


asyncio.run(main())
