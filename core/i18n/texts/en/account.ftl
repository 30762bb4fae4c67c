# How an account is protected, and the way back into it: in the phone apps and the admin app. Keys begin with `account-`.

# A lost password, the codes of e-mails
account-forgotten = New password
account-forgotten-text = Enter your email. We send you a code with which you set a new password.
account-forgotten-send = Send me a code
account-forgotten-sent = If { $email } has an account here, an email is on its way. It can take a minute; look in the spam folder too.
account-forgotten-new = Set a new password
account-forgotten-code-help = Eight digits. It is good for 15 minutes.
account-forgotten-set = Set the new password
account-forgotten-ends = You are signed out everywhere. If you use an authenticator app, you still need it to sign in.
account-forgotten-other = Use another email
account-forgotten-done = Your new password is set. Sign in with it.
account-mail-code = Code from the email
account-mail-code-missing = Enter the code from the email.
account-mail-code-wrong = This code is not right, or too old. Check it, or have a new one sent.
account-mail-send-again = Send again
account-mail-sent-again = Another email is on its way. Only its code counts now.

# The email address is one's own
account-email-card = Confirm your email
account-email-card-text = So that you get back in if you ever forget your password, show that { $email } is yours.
account-email-confirm = Confirm email
account-email-why = A confirmed address lets you set a new password when you forget yours. It is needed for an authenticator app too.
account-email-send = Send me a code
account-email-have-code = I have a code
account-email-sent = An email is on its way. Enter its code, or open the link in it.
account-email-code-help = Eight digits. It is good for a day.
account-email-done = Your email is confirmed
account-email-verified = Confirmed
account-email-unverified = Not confirmed
account-email-no-mail = This clinic sends no email. If you forget your password, ask the clinic.

# The second step of signing in
account-security = Security
account-security-detail = Email, authenticator app, recovery codes
account-security-unknown = This needs a connection
account-security-more = Password and devices
account-second = One more step
account-second-text = Your password is right. Now the code that your authenticator app shows.
account-second-wrong = This code is not right. Check it, or wait for the next one: every code is good once.
account-second-over = That took too long, or too many codes were wrong. Begin again with your password.
account-second-lost = Phone lost? Use a recovery code. If you have none of them either, ask your clinic for help.
account-second-other-account = Use another account
account-second-step = Second step when you sign in
account-second-why = With it, a stolen password alone lets nobody in.
account-second-on = On
account-second-off = Off
account-second-on-text = On a new device you are asked for a code of the app.
account-second-turn-off = Turn off
account-second-turn-off-question = Turn off the second step?
account-second-turn-off-text = Then your password alone is enough to sign in. Your recovery codes stop working.
account-second-turned-off = The second step is off
account-code = Code of the authenticator app
account-code-help = Six digits, a new one every 30 seconds.
account-code-recovery = Recovery code
account-code-recovery-help = One of the codes you saved, such as abcd-efgh-2345-6789. Each is good once.
account-code-use-recovery = Use a recovery code
account-code-use-app = Use the authenticator app
account-code-missing = Enter the code.
account-authenticator = Authenticator app
account-authenticator-set-up = Set up an authenticator app
account-authenticator-text = Any authenticator app will do. It shows a new code every 30 seconds, without a connection too.
account-authenticator-not-begun = This could not be begun
account-authenticator-email-first = Confirm your email first. So nobody can lock you out of your own account.
account-authenticator-connect = 1. Connect the app
account-authenticator-scan = Is the app on another device? Scan this with it.
account-authenticator-qr = QR code for the authenticator app
account-authenticator-same-phone = Is it on this phone? Copy this key, and choose in the app to enter a key by hand.
account-authenticator-copy = Copy the key
account-authenticator-check = 2. Check that it works
account-authenticator-wrong = This is not the code the app shows now. Check that the phone's clock is right, and enter the newest code.
account-authenticator-turn-on = Turn on
account-recovery = Recovery codes
account-recovery-once = These codes are shown only now.
account-recovery-text = If your phone is lost or broken, one of them takes the place of the app. Each is good once. Keep them where you keep papers that matter, not on this phone alone.
account-recovery-copy = Copy
account-recovery-save = Save as a file
account-recovery-file = Recovery codes for MediConnect. Each is good once.
account-recovery-saved = I have saved them
account-recovery-first = Save the codes and say so below. They cannot be shown again.
account-recovery-left = { $n ->
    [0] No recovery code is left
    [one] { $n } recovery code is left
   *[other] { $n } recovery codes are left
}
account-recovery-few = Make new ones
account-recovery-renew = New recovery codes
account-recovery-renew-question = Make new recovery codes?
account-recovery-renew-text = All earlier ones stop working at once.
account-copied-secret = Copied. It is taken off the clipboard in a minute.

# Proving once more who sits there
account-proof = Is it you?
account-proof-by-code = Before this is done, enter the code of your authenticator app.
account-proof-by-password = Before this is done, enter your password once more.
account-proof-wrong-password = This is not your password. Check it.

# The app's own lock
account-lock = App lock
account-lock-detail = A PIN for this app
account-lock-why = Whoever has your phone in their hand, unlocked, still sees nothing of this app without the PIN.
account-lock-note = While the app is locked it receives nothing. After 10 wrong PINs everything of your account is taken off this phone; on the server it stays.
account-lock-title = Locked
account-lock-text = Enter the PIN of this app.
account-lock-pin = PIN
account-lock-open = Unlock
account-lock-now = Lock now
account-lock-choose = Set a PIN
account-lock-change = Change the PIN
account-lock-remove = Turn the PIN off
account-lock-current = Your PIN now
account-lock-new = New PIN
account-lock-again = The new PIN once more
account-lock-help = 4 to 8 digits. Not the PIN of your bank card.
account-lock-missing = Enter your PIN.
account-lock-form = Use 4 to 8 digits.
account-lock-easy = This PIN is too easy to guess. Choose another.
account-lock-differs = The two PINs are not the same.
account-lock-set = The PIN is set
account-lock-removed = The PIN is off
account-lock-idle = Lock by itself after
account-lock-minutes = { $n } min
account-lock-wrong = This PIN is not right.
account-lock-wiped = Too many wrong PINs: everything of the account was taken off this phone. Sign in again.
account-lock-left = { $n ->
    [one] One try is left. If it is wrong, everything of the account is taken off this phone.
   *[other] { $n } tries are left. After that everything of the account is taken off this phone.
}
account-lock-wait-seconds = { $n ->
    [one] Wait a second before the next try.
   *[other] Wait { $n } seconds before the next try.
}
account-lock-wait-minutes = Wait { $n } minutes before the next try.
account-lock-forgotten = PIN forgotten?
account-lock-wipe-question = Sign out and wipe?
account-lock-wipe-text = A forgotten PIN cannot be read out. Everything of the account is taken off this phone, changes that were not sent included; on the server it stays. Then sign in with your email and password.
