# What e-mails say. `$name` is what the installation is called. Nothing in them was typed by anybody: names of people stay out.

mail-sign-up-subject = { $name }: your code to sign up
mail-sign-up = Somebody wants to open an account at { $name } with this address. If it is you, enter the code in the app.
mail-already-subject = { $name }: you have an account already
mail-already = Somebody wanted to open an account at { $name } with this address. It has one already. If it was you, sign in; if you forgot the password, set a new one in the app. If it was not you, do nothing.
mail-verify-subject = { $name }: is this your email address?
mail-verify = Somebody entered this address at { $name }. If it was you, confirm that it is yours.
mail-verify-unasked = If it was not you, do nothing: without you the address is not confirmed.
mail-reset-subject = { $name }: set a new password
mail-reset = Somebody wants to set a new password for the account with this address at { $name }. It works once, and for 15 minutes. You will be signed out everywhere. A new password gives no access to sealed medical content: for that you still need a device of yours or the recovery key.
mail-reset-unasked = If it was not you, do nothing: your password stays as it is.
mail-code = Your code is { $code }. Nobody from the clinic will ever ask you for it.
mail-link = Or open this address: { $link }
mail-password-subject = { $name }: your password was changed
mail-password = The password of your account at { $name } was changed. Other devices were signed out.
mail-factor-on-subject = { $name }: sign-in now asks for a second step
mail-factor-on = From now on signing in to your account at { $name } asks for a code of your authenticator app.
mail-factor-off-subject = { $name }: sign-in no longer asks for a second step
mail-factor-off = Signing in to your account at { $name } no longer asks for a code of an authenticator app.
mail-token-subject = { $name }: a program was given access
mail-token = A token was made by which a program can use your account at { $name }. You see and end tokens in your settings.
mail-not-you = If it was not you, set a new password at once and tell the clinic.

# The page behind the links
link-title-verify = Confirm your email address
link-title-reset = Set a new password
link-verify = Confirm
link-reset = Set the password
link-new = New password
link-help = At least 10 characters. Three words that mean something only to you are good.
link-verified = Your email address is confirmed. You can close this page.
link-was-reset = Your password is set. Sign in with it in the app.
link-wrong = This link was used before or is too old. Ask for a new email in the app.
link-weak = This password is too easy to guess. Choose another.
link-later = That did not work now. Try again in a few minutes.
link-script = This page needs JavaScript. You can also type the code of the email in the app.
