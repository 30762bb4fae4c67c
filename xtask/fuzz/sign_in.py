"""How the fuzzer signs in: as the person named in the environment, and anew before the token runs out."""

import os

import requests
import schemathesis


@schemathesis.auth(refresh_interval=300)
class DemoAccount:
    def get(self, case, context):
        answer = requests.post(
            os.environ["MEDICONNECT_SERVER"] + "/v1/auth/login",
            json={
                "email": os.environ["MEDICONNECT_EMAIL"],
                "password": os.environ["MEDICONNECT_PASSWORD"],
                "device": {"id": "0197b0f0-0000-7000-8000-000000000001", "name": "Fuzzer"},
            },
            timeout=30,
        )
        answer.raise_for_status()
        return answer.json()["tokens"]["access"]

    def set(self, case, token, context):
        case.headers["Authorization"] = f"Bearer {token}"
