# The audit in the admin app.

admin-nav-audit = Audit
admin-audit-about-text = Everything that people did, tried to do, or looked at. The server seals new lines about once a second, so that nobody can change or remove one unseen.
admin-audit-check = Check the audit
admin-audit-whole = Everything is as it was written
admin-audit-whole-text = { $lines ->
    [one] { $lines } line
   *[other] { $lines } lines
} in { $seals ->
    [one] { $seals } seal
   *[other] { $seals } seals
} checked.
admin-audit-head = The newest is seal { $number } of { $at }.
admin-audit-broken = { $n ->
    [one] The audit is not as it was written: { $n } finding
   *[other] The audit is not as it was written: { $n } findings
}
admin-audit-broken-text = Somebody had access to the database itself. Keep a copy of it as it is now, and ask whoever runs the server.
admin-audit-found-seal-missing = Seal { $seal } is missing.
admin-audit-found-seal-forged = Seal { $seal } was not made by this installation.
admin-audit-found-lines-missing = { $count } of the lines after { $after } up to { $until } are gone (seal { $seal }).
admin-audit-found-lines-added = { $count } lines were slipped in after line { $after }, up to { $until } (seal { $seal }).
admin-audit-found-lines-changed = A line after { $after }, up to { $until }, says something else than when it was sealed, or was moved (seal { $seal }).
admin-audit-found-never-sealed = { $count } lines after { $after } were never sealed.
admin-audit-found-shortened = The audit ends before seal { $kept }, which was kept elsewhere.
admin-audit-found-rewritten = Seal { $kept } is not the one that was kept elsewhere.
admin-audit-found-foreign-witness = Seal { $kept }, kept elsewhere, is not from this installation.
admin-audit-area = Area
admin-audit-area-auth = Signing in
admin-audit-area-read = Looked at
admin-audit-area-gate = Turned away
admin-audit-area-accounts = Accounts
admin-audit-area-appointments = Visits
admin-audit-area-consultations = Requests
admin-audit-area-directory = Doctors and clinics
admin-audit-area-profiles = Patients' files
admin-audit-area-scheduling = Schedules
admin-audit-area-vaults = Who may read histories
admin-audit-area-history = Medical histories
admin-audit-at = When
admin-audit-who = Who
admin-audit-what = What
admin-audit-about = About
admin-audit-outcome = Outcome
admin-audit-outcome-accepted = Done
admin-audit-outcome-refused = Refused
admin-audit-number = Line
admin-audit-actor = Account
admin-audit-command = Name
admin-audit-all-of-actor = All by this account
admin-audit-all-about = All about this
admin-outcome-not-allowed = not allowed for this role
admin-outcome-not-found = not theirs, or not there
admin-outcome-step-up-needed = had to prove who they are first
admin-outcome-second-factor-needed = had no second factor
admin-outcome-scope-missing = the token is not for this
admin-tried-gate = was turned away from { $address }
admin-did-read-accounts = looked at the accounts
admin-did-read-doubles = looked for double files
admin-did-read-patient = looked at a patient's file
admin-did-read-patient-links = looked at who acts for a patient
admin-did-read-patients = looked at the patients
admin-did-read-request = looked at a request
admin-did-read-requests = looked at the requests
admin-did-read-visit = looked at a visit
admin-did-read-visits = looked at the visits
admin-did-read-waitlist = looked at the waitlist
admin-did-read-waitlist-place = looked at a place on a waitlist
