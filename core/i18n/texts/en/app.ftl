# Texts of what both phone apps show. Keys begin with `app-`.

# The frame
app-gone = This is not here
app-gone-text = It may have been removed, or it is not shared with you.
app-to-home = Go to the first screen
app-store-failed = The data on this phone could not be read
app-store-failed-text = Nothing is lost on the server. Try again, or restart the app.
app-store-full = This phone is full
app-store-full-text = Make some room on this phone, then try again.
app-update-needed = This app is too old for the server. Update it to send and receive changes.
app-session-ended = You were signed out by the server. Sign in again to send and receive; what is here stays.
app-clock-off = The clock of this phone is wrong. Times shown are corrected.
app-asked-instead = Asked for that time instead

# Signing up and in
app-sign-up-email-taken = There is an account with this email already. Sign in instead.
app-password-help = At least 10 characters. Three words that mean something only to you are good.
app-password-short = Use at least 10 characters.
app-password-weak = This password is known to thieves. Choose another.
app-sign-in-wrong = Email and password do not go together. Check both.
app-sign-in-second-step = Now the code of your authenticator app, or one of your recovery codes.
app-sign-in-wrong-code = This code or link is not good: it was mistyped, used before, or is too old. Try again, or ask for a new one.
app-sign-in-email-code-needed = Enter the code that was sent to your email address.
app-sign-in-step-up = Show first that it is you: with the code of your authenticator app, or your password.
app-sign-in-second-factor-needed = Set up an authenticator app first. Without it staff see nothing.
app-sign-in-not-verified = Confirm your email address first.
app-sign-in-no-mail = This clinic sends no email. Ask the clinic for help.
app-sign-in-too-many = Too many attempts. Wait a few minutes, then try again.
app-sign-in-offline = There is no connection. For this you need to be online.
app-sign-in-ended = You were signed out. Sign in again; nothing on this phone is lost.
app-sign-in-other-installation = The server is not the one this phone knows. Ask your clinic before you go on.
app-sign-in-server = The server has a problem. Try again in a while.

# Notices
app-notices = Notices
app-notices-none = No notices
app-notices-none-text = When something happens to your visits, you read it here.
app-notices-all-read = Mark all as read
app-notices-unread = unread

# What waits to be sent. `app-did-` and the name of a command says what it does.
app-outbox = Outbox
app-outbox-empty = Everything is sent
app-outbox-empty-text = What you do without a connection waits here.
app-outbox-text = It is saved on this phone and is sent by itself.
app-outbox-blocked = Waits for something above that was not accepted.
app-sync-now = Try now
app-did-appointments-accept = Accept a request
app-did-appointments-book = Book a visit
app-did-appointments-cancel = Cancel a visit
app-did-appointments-check-in = Check in
app-did-appointments-complete = Complete a visit
app-did-appointments-decline = Decline a request
app-did-appointments-no-show = Mark as not come
app-did-appointments-reschedule = Change the time of a visit
app-did-appointments-start = Start a visit
app-did-consultations-accept = Take the clinic's time
app-did-consultations-decline = Decline a request
app-did-consultations-offer = Offer a time
app-did-consultations-open = Ask a clinic
app-did-consultations-refuse-offer = Ask for another time
app-did-consultations-withdraw = Withdraw a request
app-did-directory-submit = Hand in the license
app-did-directory-update-doctor = Change the profile
app-did-notices-mark-read = Mark notices as read
app-did-profiles-add-dependant = Add a person
app-did-profiles-grant-caregiver = Let somebody help
app-did-profiles-revoke-link = End somebody's access
app-did-profiles-update = Change personal data
app-did-reviews-reply = Answer a review
app-did-reviews-write = Write a review
app-did-scheduling-add-leave = Add leave
app-did-scheduling-remove-leave = Give time back
app-did-scheduling-save = Change the schedule
app-did-keys-found = Make your keys
app-did-keys-change = Change your devices
app-did-vaults-found = Set up the medical history
app-did-vaults-change = Change who may read
app-did-history-write = Write in the medical history
app-did-history-remove = Remove from the medical history
app-did-settings-follow = Keep a doctor at hand
app-did-settings-save = Save settings
app-did-settings-unfollow = Let go of a doctor
app-did-waitlist-accept = Take an offered time
app-did-waitlist-join = Wait for a time
app-did-waitlist-leave = Stop waiting
app-did-waitlist-pass = Pass on an offered time
app-did-something = A change

# Settings
app-settings-notices = Notices in the app
app-settings-visits = Visits
app-settings-visits-detail = Booked, moved, cancelled
app-settings-requests = Requests
app-settings-requests-detail = Asked without a time, and what became of it
app-settings-waitlist = Waitlist
app-settings-waitlist-detail = When a time comes free
app-settings-account = Account
app-settings-held = On this phone
app-settings-size = Space used
app-settings-megabytes = { $n } MB, encrypted
app-settings-records = Records
app-settings-safe = The key lies in
app-settings-keys-platform = the phone's own key store
app-settings-keys-file = a protected file: this device has no key store
app-settings-synced = Last up to date
app-password = Change password
app-password-intro = All your other devices are signed out.
app-password-current = Current password
app-password-new = New password
app-password-changed = Your password is changed
app-sessions = Where you are signed in
app-sessions-text = End what you do not know, then change your password.
app-sessions-this = This device
app-sessions-since = Signed in { $when }
app-sessions-used = Last used { $when }
app-sessions-end = Sign out there
app-sign-out = Sign out and wipe this phone
app-sign-out-question = Sign out?
app-sign-out-text = Everything of this account is taken off this phone. It stays on the server.
app-sign-out-unsent = { $n ->
    [one] { $n } change was not sent and will be lost.
   *[other] { $n } changes were not sent and will be lost.
}

# Visits and requests
app-reason = Reason
app-free-of-charge = Free of charge
app-mode-in-person = In person
app-mode-video = Video
app-mode-chat = Chat
app-about-new-problem = New problem
app-about-follow-up = Follow-up
app-about-prescription = A repeat prescription
app-about-test-results = Test results
app-about-certificate = Certificate
app-about-other = Something else

# Languages by their codes (ISO 639-1)
app-language-ar = Arabic
app-language-bn = Bengali
app-language-de = German
app-language-en = English
app-language-es = Spanish
app-language-fr = French
app-language-gu = Gujarati
app-language-hi = Hindi
app-language-it = Italian
app-language-ja = Japanese
app-language-kn = Kannada
app-language-ml = Malayalam
app-language-mr = Marathi
app-language-pa = Punjabi
app-language-pl = Polish
app-language-pt = Portuguese
app-language-ru = Russian
app-language-ta = Tamil
app-language-te = Telugu
app-language-tr = Turkish
app-language-ur = Urdu
app-language-zh = Chinese
app-audit-alarm = The clinic’s log has changed behind our back
app-audit-alarm-text = This app keeps the last entry it saw of the log of who did what. It is no longer there: the server was restored from a backup, or somebody removed entries. Please tell the clinic.
app-audit-alarm-dismiss = I have told the clinic
