# What the shared components say: mobile-ui.

ui-loading = Loading
ui-optional = optional
ui-show-password = Show password
ui-hide-password = Hide password
ui-show-pin = Show PIN
ui-hide-pin = Hide PIN
ui-clear-search = Clear search
ui-choose = Choose
ui-dismiss-message = Dismiss message
ui-navigation = Main
ui-days = Days
ui-times = Times
ui-errors-title = { $n ->
    [one] One thing needs your attention
   *[other] { $n } things need your attention
}
ui-step-of = Step { $step } of { $steps }
ui-earlier-week = Earlier week
ui-later-week = Later week
ui-free-times = { $n ->
    [0] No free time
    [one] { $n } free time
   *[other] { $n } free times
}
ui-no-time-this-week = No free time this week
ui-next-free = Next: { $when }
ui-not-free = Not free
ui-now = Now
ui-free-for = Free for { $duration }
ui-free-from-to = Free, { $range }

list-error-title = This could not be loaded
list-error-text = Check your connection and try again.
list-offline-as-of = Offline. As of { $time }.

sync-up-to-date = Up to date
sync-offline = As of { $time }, offline
sync-offline-never = Offline
sync-waiting = { $n ->
    [one] { $n } waiting to be sent
   *[other] { $n } waiting to be sent
}
sync-sending = { $n ->
    [one] Sending { $n } change
   *[other] Sending { $n } changes
}
sync-refused = { $n ->
    [one] { $n } not accepted
   *[other] { $n } not accepted
}
sync-pending = Waiting to be sent

refusal-other-times = Other free times
refusal-look = Look at it
refusal-keep-looking = Keep looking

welcome-promise = Care that fits your day, even without a connection.
welcome-detail = Find a doctor you trust, book in a minute and keep your visits with you.
welcome-language = Language

sign-in-title = Sign in
sign-in-email = Email
sign-in-password = Password
sign-in-forgot = Forgot your password?
sign-in-no-account = New here?
sign-in-busy = Signing in
sign-in-email-missing = Enter your email.
sign-in-email-wrong = Enter an email such as name@example.org.
sign-in-password-missing = Enter your password.

settings-title = Settings
settings-look = Look and language
settings-language = Language
settings-theme = Appearance
settings-theme-system = Automatic
settings-theme-light = Light
settings-theme-dark = Dark
settings-text-size = Text size
settings-text-size-sample = This is how text will look.
settings-text-size-normal = Normal
settings-text-size-large = Large
settings-text-size-larger = Larger
settings-text-size-largest = Largest
