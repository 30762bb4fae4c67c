# Words every app uses: the product's name, what buttons say, units.

app-name = MediConnect

action-back = Back
action-cancel = Cancel
action-close = Close
action-continue = Continue
action-create-account = Create account
action-discard = Discard
action-done = Done
action-edit = Edit
action-retry = Try again
action-save = Save
action-search = Search
action-show-all = Show all
action-sign-in = Sign in
action-sign-out = Sign out

distance-km = { $n } km
distance-m = { $n } m

rating-value = { $value } of 5
rating-count = { $n ->
    [one] { $n } review
   *[other] { $n } reviews
}
rating-stars = { $n ->
    [one] { $n } star
   *[other] { $n } stars
}
rating-none = No reviews yet

state-held = Held for you
state-requested = Requested
state-booked = Booked
state-arrived = Arrived
state-in-progress = In progress
state-done = Done
state-cancelled = Cancelled
state-declined = Declined
state-expired = Expired
state-no-show = Missed
state-pending = Waiting to be sent
state-refused = Not accepted
