"""A mail server for tests: aiosmtpd on a free port of the loopback, with TLS from the first byte or by STARTTLS.

Takes a folder with `cert.pem` and `key.pem`, the kind of TLS (`wrapped`, `starttls`, `plain`) and how many e-mails it refuses
for now. Prints its port, then a JSON line for each e-mail it takes. Wants the user `clinic` with the password `s3cret pass`.
"""

import asyncio
import email
import email.policy
import json
import pathlib
import ssl
import sys

from aiosmtpd.smtp import SMTP, AuthResult

folder, kind, refusals = pathlib.Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])


def say(line):
    print(line, flush=True)


class Handler:
    async def handle_DATA(self, server, session, envelope):
        global refusals
        if refusals > 0:
            refusals -= 1
            return "451 4.3.0 Later"
        message = email.message_from_bytes(envelope.content, policy=email.policy.default)
        say(
            json.dumps(
                {
                    "from": envelope.mail_from,
                    "to": envelope.rcpt_tos,
                    "subject": message["subject"],
                    "auto": message["auto-submitted"],
                    "text": message.get_content(),
                    "encrypted": kind == "wrapped" or session.ssl is not None,
                    "user": session.auth_data,
                }
            )
        )
        return "250 OK"


def authenticated(server, session, envelope, mechanism, data):
    right = (data.login, data.password) == (b"clinic", b"s3cret pass")
    return AuthResult(success=right, auth_data="clinic" if right else None)


async def main():
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    tls.load_cert_chain(folder / "cert.pem", folder / "key.pem")
    loop = asyncio.get_running_loop()

    def protocol():
        return SMTP(
            Handler(),
            loop=loop,
            tls_context=tls if kind == "starttls" else None,
            require_starttls=kind == "starttls",
            authenticator=authenticated,
            auth_required=True,
            auth_require_tls=kind == "starttls",
        )

    server = await loop.create_server(protocol, "127.0.0.1", 0, ssl=tls if kind == "wrapped" else None)
    say(server.sockets[0].getsockname()[1])
    await server.serve_forever()


asyncio.run(main())
