# Names and patterns of dates and times. Weekdays count from 1 for Monday, months from 1 for January.

weekday-1 = Monday
weekday-2 = Tuesday
weekday-3 = Wednesday
weekday-4 = Thursday
weekday-5 = Friday
weekday-6 = Saturday
weekday-7 = Sunday
weekday-short-1 = Mon
weekday-short-2 = Tue
weekday-short-3 = Wed
weekday-short-4 = Thu
weekday-short-5 = Fri
weekday-short-6 = Sat
weekday-short-7 = Sun

month-1 = January
month-2 = February
month-3 = March
month-4 = April
month-5 = May
month-6 = June
month-7 = July
month-8 = August
month-9 = September
month-10 = October
month-11 = November
month-12 = December
month-short-1 = Jan
month-short-2 = Feb
month-short-3 = Mar
month-short-4 = Apr
month-short-5 = May
month-short-6 = Jun
month-short-7 = Jul
month-short-8 = Aug
month-short-9 = Sep
month-short-10 = Oct
month-short-11 = Nov
month-short-12 = Dec

date-long = { $weekday } { $day } { $month } { $year }
date-short = { $weekday } { $day } { $month }
date-year = { $day } { $month } { $year }
date-month-year = { $month } { $year }

day-today = Today
day-tomorrow = Tomorrow
day-yesterday = Yesterday
day-and-time = { $day }, { $time }

# Only for languages that say the part of the day.
clock-morning = { $time } in the morning
clock-afternoon = { $time } in the afternoon
clock-evening = { $time } in the evening
clock-night = { $time } at night

part-of-day-morning = Morning
part-of-day-afternoon = Afternoon
part-of-day-evening = Evening

relative-now = now
relative-in-minutes = { $n ->
    [one] in { $n } minute
   *[other] in { $n } minutes
}
relative-in-hours = { $n ->
    [one] in { $n } hour
   *[other] in { $n } hours
}
relative-in-days = { $n ->
    [one] in { $n } day
   *[other] in { $n } days
}
relative-ago-minutes = { $n ->
    [one] { $n } minute ago
   *[other] { $n } minutes ago
}
relative-ago-hours = { $n ->
    [one] { $n } hour ago
   *[other] { $n } hours ago
}
relative-ago-days = { $n ->
    [one] { $n } day ago
   *[other] { $n } days ago
}

# A number and its unit stay on one line.
duration-minutes = { $minutes } min
duration-hours = { $hours } h
duration-hours-minutes = { $hours } h { $minutes } min

zone-of-city = { $city } time
