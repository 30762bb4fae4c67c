# Why something was refused. For each code of the domain's `Refusal`, with hyphens: `refusal-<code>-title` names what happened,
# `refusal-<code>` says why and what can be done. Plain words, no blame.

refusal-invalid-title = Some details need a look
refusal-invalid = Check the marked fields and try again.
refusal-not-allowed-title = You can't do this
refusal-not-allowed = Your account has no right to do this here. If that seems wrong, ask the clinic.
refusal-not-found-title = It is not here any more
refusal-not-found = It was removed, or it is not shared with you.
refusal-already-exists-title = It is there already
refusal-already-exists = The same was saved before, so nothing was added.
refusal-wrong-state-title = It has changed in the meantime
refusal-wrong-state = What you wanted to do no longer fits. Look at it again to see where it stands.
refusal-slot-taken-title = This time was taken
refusal-slot-taken = Somebody booked it just before you. Choose another time.
refusal-slot-not-offered-title = This time can't be booked
refusal-slot-not-offered = The doctor does not offer it. Choose another time.
refusal-own-overlap-title = Another visit is in the way
refusal-own-overlap = Two visits of one person can't overlap. Choose another time, or move the other visit first.
refusal-hold-expired-title = The time was kept for as long as possible
refusal-hold-expired = It was held for you for a while and is free for everyone again. Choose a time to go on.
refusal-hold-token-title = This time is being booked
refusal-hold-token = Somebody else is just booking it. It may become free again in a few minutes.
refusal-offer-expired-title = The offer has run out
refusal-offer-expired = It was not answered in time and went to the next person. You stay on the list.
refusal-in-the-past-title = That moment has passed
refusal-in-the-past = Choose a time that lies ahead.
refusal-too-late-title = It is too late for this
refusal-too-late = This had to be done earlier. Call the clinic if you can't come.
refusal-too-many-title = You have reached the limit
refusal-too-many = Finish or cancel something first, then try again.
refusal-doctor-not-listed-title = This doctor can't be booked now
refusal-doctor-not-listed = The profile is not verified or is paused. Visits already booked stay as they are.
refusal-patient-inactive-title = This file is closed
refusal-patient-inactive = Nothing new can be booked for it. Ask the clinic to open it again.
refusal-account-disabled-title = This account is disabled
refusal-account-disabled = Ask the clinic why, and how to open it again.
refusal-series-blocked-title = Not every date is free
refusal-series-blocked = At least one date of the series can't be booked, so none was. Choose other dates.
refusal-last-super-admin-title = One administrator must remain
refusal-last-super-admin = This is the last account that can manage all others. Name another first.
refusal-own-rights-title = Somebody else must decide this
refusal-own-rights = Nobody can raise their own rights or approve their own request. Ask another administrator.
refusal-keys-refused-title = The keys do not fit
refusal-keys-refused = They were made for another account or place, or were damaged on the way. Nothing was stored. Open the app anew and try again.
refusal-keys-moved-title = Something changed meanwhile
refusal-keys-moved = Who may read this, or one of your devices, was changed first. Try again.
refusal-edited-meanwhile-title = Somebody else changed this
refusal-edited-meanwhile = A newer form is stored. Look at it, then make your change again.
refusal-step-up-needed-title = Show first that it is you
refusal-step-up-needed = This was not done: it wants a new proof of who sits there. Do it again.
refusal-depends-on-refused-title = An earlier step was not accepted
refusal-depends-on-refused = This builds on it. Settle the earlier step first, then try again.
refusal-id-reused-title = This was not sent cleanly
refusal-id-reused = Something else was sent under the same number. Discard this and do it again.
refusal-too-old-title = This waited too long
refusal-too-old = It was made so long ago that it can't be told whether it took effect. Look first, then do it again if needed.
refusal-unknown-command-title = The app needs an update
refusal-unknown-command = This version of the app is too old for it. Update the app, then try again.

refusal-unknown-title = This was not accepted
refusal-unknown = The clinic's system refused it. Try again, or ask the clinic.

# The same with what is known of the case.
refusal-own-overlap-detail = There is another visit { $when }. Choose another time, or move that visit first.
refusal-too-late-detail = This had to be done at least { $notice } before. Call the clinic if you can't come.
refusal-too-many-detail = No more than { $limit } are possible at once. Finish or cancel something first.

# Why a visit cannot start at a time: the codes of the engine's `WhyNot`, with hyphens.
why-not-visit-type-not-offered = The doctor does not offer this kind of visit then.
why-not-past = This time has passed.
why-not-too-soon = It is too soon to book. The first possible time is { $when }.
why-not-beyond-horizon = It is too far ahead. Bookings are open until { $date }.
why-not-closed-that-day = The clinic is closed on that day.
why-not-closed = The doctor does not see patients then.
why-not-not-on-grid = Visits do not start at this time. The nearest one is { $when }.
why-not-on-leave = The doctor is away then.
why-not-taken = Somebody else has this time.
why-not-buffer = The doctor needs this time between two visits.
why-not-full = All places of this group are taken.
why-not-daily-cap = The doctor takes no more visits on that day.
why-not-no-such-time = The clocks skip { $time } on that day.
