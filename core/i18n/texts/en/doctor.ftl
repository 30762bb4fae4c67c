# Texts of the doctor's app. Keys begin with `doctor-`.

# The places of the app.
doctor-tab-today = Today
doctor-tab-calendar = Calendar
doctor-tab-requests = Requests
doctor-tab-more = More
doctor-to-calendar = Open the calendar
doctor-saved = Saved
doctor-sent = Saved. The clinic confirms it as soon as it is sent.

# Welcome, registration, signing in.
doctor-promise = Your practice, calm and in order, even without a connection.
doctor-promise-detail = See who comes next, answer requests in a moment, and open the hours you choose.
doctor-sign-up = Register as a doctor
doctor-sign-up-intro = First your account. Then you hand in your license, and a clinic checks it.
doctor-name = Your name with title
doctor-name-help = As patients will see it, such as Dr. Asha Rao.

# The day.
doctor-day = Your day
doctor-day-empty = Nothing planned today
doctor-day-empty-text = You have no open hours and no visits today.
doctor-next = Next
doctor-count-booked = booked
doctor-count-arrived = arrived
doctor-count-done = done
doctor-away = Away
doctor-away-detail = No visits are booked
doctor-requests-wait = { $n ->
    [one] { $n } request waits
   *[other] { $n } requests wait
}
doctor-where-i-stand = See where you stand

# Visits and what is done with them.
doctor-visit-title = Visit
doctor-request-title = Request
doctor-accept = Accept
doctor-decline = Decline
doctor-check-in = Check in
doctor-start = Start
doctor-complete = Complete
doctor-no-show = Did not come
doctor-reschedule = Move
doctor-cancel-visit = Cancel visit
doctor-decline-why = Why do you decline?
doctor-decline-read = The patient reads this reason.
doctor-cancel-why = Why is it cancelled?
doctor-reason-told = { $name } will be told.
doctor-state-held = Time on offer
doctor-patient = Patient
doctor-patient-unknown = New patient
doctor-patient-unknown-text = You see more about the patient once there is a visit with you.
doctor-age = { $n ->
    [one] { $n } year old
   *[other] { $n } years old
}
doctor-born = born { $date }
doctor-sex-female = female
doctor-sex-male = male
doctor-sex-other = other
doctor-sex-unknown = not said
doctor-phone = Phone
doctor-known-since = Known to you since
doctor-earlier-visits = Earlier visits with you
doctor-seen = { $n ->
    [one] { $n } visit
   *[other] { $n } visits
}
doctor-last-seen = last on { $date }
doctor-missed-visits = Missed visits
doctor-about-visit = About this visit
doctor-where = Where
doctor-how = How you meet
doctor-price = Price
doctor-origin = How it came about
doctor-origin-patient = Asked for by the patient
doctor-origin-front-desk = Entered by the front desk
doctor-origin-waitlist = From the waitlist
doctor-origin-request = In answer to a request
doctor-late = late
doctor-history = What happened
doctor-answer-by = Answer { $left }, otherwise it expires.
doctor-other-clock = { $zone }. On your clock: { $here }
doctor-by-patient = by the patient
doctor-by-doctor = by you
doctor-by-clinic = by the clinic
doctor-by-system = automatically
doctor-event-moved = Moved from { $from }
doctor-event-reassigned = Given to another doctor
doctor-event-reopened = Opened again
doctor-reason-away = I am away
doctor-reason-closed = The clinic is closed
doctor-reason-other-time = Another time was found
doctor-reason-twice = Booked twice
doctor-reason-not-needed = Not needed any more
doctor-reason-cannot-come = The patient cannot come
doctor-reason-other = Another reason

# Requests.
doctor-requests-none = Nothing waits for you
doctor-requests-none-text = New requests appear here, also while you are offline once they have arrived.
doctor-requests-times = Times to confirm
doctor-requests-open = Asked without a time
doctor-request-waits = Waits for you
doctor-request-offered = Time offered
doctor-request-accepted = Accepted
doctor-request-declined = Declined
doctor-request-withdrawn = Withdrawn
doctor-request-expired = Expired
doctor-urgency-routine = Within weeks
doctor-urgency-soon = Within days
doctor-urgency-urgent = Today or tomorrow
doctor-wish = What is asked
doctor-days = Days that suit
doctor-any-day = Any day
doctor-opened = Asked
doctor-offered-time = Offered: { $when }
doctor-declined-no-capacity = No time free soon
doctor-declined-not-offered = We do not offer this
doctor-declined-call-us = Please call the clinic
doctor-declined-emergency = Please go to emergency care

# Choosing a time.
doctor-offer-time = Offer a time
doctor-offer-this = Offer this time
doctor-move-here = Move here
doctor-choose-time = Choose a time
doctor-now-at = now { $when }
doctor-kind = Kind of visit
doctor-day-closed = No hours on this day
doctor-no-kinds = No kinds of visit yet
doctor-no-kinds-text = Add one to your schedule, then times can be offered.

# The calendar.
doctor-calendar-view = View
doctor-view-day = Day
doctor-view-week = Week
doctor-earlier = Earlier
doctor-later = Later
doctor-legend = What the colours mean
doctor-legend-hatched = Leave and buffers
doctor-zoom-in = Larger
doctor-zoom-out = Smaller
doctor-can-be-booked = Patients can book this time.
doctor-block = Block this time
doctor-block-length = How long
doctor-blocked = Blocked
doctor-give-back = Give the time back

# Leave.
doctor-leave = Leave
doctor-leave-add = Add leave
doctor-leave-none = No leave ahead
doctor-leave-none-text = What you add closes your times for patients at once.
doctor-leave-length = How long
doctor-leave-days = Whole days
doctor-leave-hours = Part of a day
doctor-leave-first = First day
doctor-leave-last = Last day
doctor-leave-date = Day
doctor-leave-saved = Leave saved
doctor-leave-holiday = Holiday
doctor-leave-away = Away
doctor-leave-training = Training
doctor-leave-block = Blocked
doctor-from = From
doctor-to = To
doctor-hits = { $n ->
    [0] No visits in this time
    [one] { $n } visit in this time
   *[other] { $n } visits in this time
}
doctor-hits-none = No visits in this time
doctor-hits-choose = Decide about each. Nothing happens to them until you save.
doctor-hit-keep = Keep
doctor-hit-move = Move
doctor-hit-cancel = Cancel

# The schedule.
doctor-schedule = Schedule
doctor-schedule-zone = All times are { $zone }.
doctor-schedule-broken = Some entries need a look before this can be saved.
doctor-hours = Weekly hours
doctor-hours-a-week = { $hours } a week
doctor-hours-add = Add hours
doctor-hours-copy = Same on all working days
doctor-hours-remove = Remove the hours from { $from }
doctor-weekday = Weekday
doctor-closed = Closed
doctor-dates = Days that differ
doctor-dates-text = Other hours on one date, or closed. They replace the hours of the weekday.
doctor-date-new = Date
doctor-date-add = Add
doctor-date-remove = Remove { $date }
doctor-kinds = Kinds of visit
doctor-kinds-none = Without a kind of visit nobody can book. Add one.
doctor-kind-add = Add a kind of visit
doctor-kind-remove = Remove { $name }
doctor-length = Length in minutes
doctor-price-in = Price in { $currency }
doctor-buffer-before = Free before
doctor-buffer-after = Free after
doctor-capacity = Patients at once
doctor-rules = Rules of booking
doctor-rule-notice = Patients book at least { $value } before the visit.
doctor-rule-horizon = They can book up to { $value } ahead.
doctor-rule-step = Visits start every { $value }.
doctor-rule-cap = On one day you see { $value }.
doctor-rule-cancel = Patients cancel or move at least { $value } before.
doctor-rule-auto = Confirm bookings by themselves
doctor-rule-auto-on = A free time is booked at once.
doctor-rule-auto-off = You answer every request.
doctor-no-limit = as many as fit
doctor-days-count = { $n ->
    [one] { $n } day
   *[other] { $n } days
}
doctor-visits-count = { $n ->
    [one] at most { $n } visit
   *[other] at most { $n } visits
}
doctor-preview = The next two weeks
doctor-preview-now = Times on offer by day.
doctor-preview-before = Times now
doctor-preview-after = Times after saving
doctor-preview-same = The same times
doctor-preview-more = { $n ->
    [one] { $n } time more
   *[other] { $n } times more
}
doctor-preview-fewer = { $n ->
    [one] { $n } time fewer
   *[other] { $n } times fewer
}
doctor-preview-visits = { $n ->
    [one] { $n } booked visit affected
   *[other] { $n } booked visits affected
}

# Verification.
doctor-verification = Verification
doctor-standing-registered = Registered
doctor-standing-registered-text = Hand in your license and choose your clinics. Patients cannot see you yet.
doctor-standing-submitted = Being checked
doctor-standing-submitted-text = A clinic looks at your license. You will be told here, usually within two working days.
doctor-standing-verified = Verified
doctor-standing-verified-text = Patients can find you.
doctor-standing-rejected = Not accepted
doctor-standing-rejected-text = Read why, mend it and hand in again.
doctor-standing-suspended = Paused
doctor-standing-suspended-text = Patients cannot book you for now. Visits already booked stay. Talk to your clinic.
doctor-standing-removed = Removed
doctor-standing-removed-text = You no longer work with this clinic group here. Past visits keep your name.
doctor-since = Since { $when }
doctor-missing = Still missing
doctor-missing-license = Hand in your license
doctor-missing-license-text = Number, authority, country and until when it is valid.
doctor-missing-specialty = Name your specialty
doctor-missing-specialty-text = Patients search by it.
doctor-missing-role = A clinic has to add you
doctor-missing-role-text = The clinic's admin gives you a role there. Then your schedule opens.
doctor-missing-hours = Open your hours
doctor-missing-hours-text = Add hours and a kind of visit to your schedule.
doctor-way = The way to your first booking
doctor-step-registered = Account opened
doctor-step-submitted = License handed in
doctor-step-checked = License checked by a clinic
doctor-step-bookable = Patients can book you
doctor-step-done = Done
doctor-step-later = Still to come
doctor-hand-in = Your license
doctor-hand-in-send = Hand in
doctor-handed-in = Handed in
doctor-license-number = License number
doctor-license-authority = Issued by
doctor-license-authority-help = Such as the medical council of your state.
doctor-license-country = Country code
doctor-license-country-help = Two letters, such as IN or DE.
doctor-license-valid-until = Valid until
doctor-clinics = Clinics you want to work at

# The public page.
doctor-profile = Profile
doctor-page-listed = Patients see this page
doctor-page-hidden = Patients do not see this page yet
doctor-specialties = Specialties
doctor-about-me = About you
doctor-about-me-help = What patients should know before they come.
doctor-languages = Languages you speak
doctor-education = Education
doctor-certifications = Certifications
doctor-one-per-line = One per line.
doctor-practising-since = Practising since (year)
doctor-reviews = Reviews
doctor-reviews-latest = Latest
doctor-reviews-none-text = Patients can write one after a completed visit.
doctor-review-reply = Answer
doctor-review-answer = Your answer
doctor-review-help = Everyone can read it. Say nothing that tells who the patient is or what the visit was about.
doctor-review-send = Publish
doctor-review-change = Change the answer
doctor-review-remove = Take the answer back

# Notices.
doctor-notice-requested = New request
doctor-notice-booked = New visit
doctor-notice-declined = Visit declined
doctor-notice-expired = Request expired
doctor-notice-moved = Visit moved
doctor-notice-cancelled = Visit cancelled
doctor-notice-missed = Visit missed
doctor-notice-waitlist = Time offered from the waitlist
doctor-notice-request = A request was given to you
doctor-notice-request-text = A patient asks without a time.
doctor-notice-request-changed = A request was answered
doctor-notice-standing = Your verification
doctor-notice-other = Notice

# What is wrong with a field: by its name in the rules.
doctor-wrong = This needs a look.
doctor-wrong-empty = Fill this in.
doctor-wrong-overlap = These hours overlap others of the same day.
doctor-wrong-name = Enter your name.
doctor-wrong-number = Enter the number of your license.
doctor-wrong-authority = Say who issued the license.
doctor-wrong-country = Enter two letters, such as IN.
doctor-wrong-valid-until = Enter a date that lies ahead.
doctor-wrong-clinics = Choose at least one clinic.
doctor-wrong-start-min = Enter a time of the day.
doctor-wrong-end-min = The end must be later than the start.
doctor-wrong-length-min = Enter 5 to 720 minutes.
doctor-wrong-price = Enter an amount, such as 500.
doctor-wrong-capacity = Enter 1 to 100.
doctor-wrong-horizon-days = Choose 1 to 400 days.
doctor-wrong-first = Enter a date.
doctor-wrong-last = The last day must not be before the first.
doctor-wrong-to = The end must be later than the start.
doctor-wrong-about = This is too long.
doctor-wrong-specialties = Choose at most 6.
doctor-wrong-languages = Choose at most 12.
doctor-wrong-education = At most 20 entries of 200 characters.
doctor-wrong-certifications = At most 20 entries of 200 characters.
doctor-wrong-practising-since = Enter a year from 1940 on.

# The medical history that a patient shares
doctor-shared = Medical history
doctor-shared-none = The patient shares no medical history with you, or no longer does. They decide it in their app, under Records.
doctor-shared-empty = It is shared with you, and nothing is written in it yet.
doctor-shared-until = Shared with you until { $date }
