# Names and patterns of dates and times. Weekdays count from 1 for Monday, months from 1 for January.

weekday-1 = सोमवार
weekday-2 = मंगलवार
weekday-3 = बुधवार
weekday-4 = गुरुवार
weekday-5 = शुक्रवार
weekday-6 = शनिवार
weekday-7 = रविवार
weekday-short-1 = सोम
weekday-short-2 = मंगल
weekday-short-3 = बुध
weekday-short-4 = गुरु
weekday-short-5 = शुक्र
weekday-short-6 = शनि
weekday-short-7 = रवि

month-1 = जनवरी
month-2 = फ़रवरी
month-3 = मार्च
month-4 = अप्रैल
month-5 = मई
month-6 = जून
month-7 = जुलाई
month-8 = अगस्त
month-9 = सितंबर
month-10 = अक्टूबर
month-11 = नवंबर
month-12 = दिसंबर
month-short-1 = जन॰
month-short-2 = फ़र॰
month-short-3 = मार्च
month-short-4 = अप्रैल
month-short-5 = मई
month-short-6 = जून
month-short-7 = जुल॰
month-short-8 = अग॰
month-short-9 = सित॰
month-short-10 = अक्टू॰
month-short-11 = नव॰
month-short-12 = दिस॰

date-long = { $weekday }, { $day } { $month } { $year }
date-short = { $weekday }, { $day } { $month }
date-year = { $day } { $month } { $year }
date-month-year = { $month } { $year }

day-today = आज
day-tomorrow = कल
day-yesterday = बीता कल
day-and-time = { $day }, { $time }

clock-morning = सुबह { $time }
clock-afternoon = दोपहर { $time }
clock-evening = शाम { $time }
clock-night = रात { $time }

part-of-day-morning = सुबह
part-of-day-afternoon = दोपहर
part-of-day-evening = शाम

relative-now = अभी
relative-in-minutes = { $n ->
    [one] { $n } मिनट में
   *[other] { $n } मिनट में
}
relative-in-hours = { $n ->
    [one] { $n } घंटे में
   *[other] { $n } घंटे में
}
relative-in-days = { $n ->
    [one] { $n } दिन में
   *[other] { $n } दिन में
}
relative-ago-minutes = { $n ->
    [one] { $n } मिनट पहले
   *[other] { $n } मिनट पहले
}
relative-ago-hours = { $n ->
    [one] { $n } घंटा पहले
   *[other] { $n } घंटे पहले
}
relative-ago-days = { $n ->
    [one] { $n } दिन पहले
   *[other] { $n } दिन पहले
}

# A number and its unit stay on one line.
duration-minutes = { $minutes } मिनट
duration-hours = { $hours } घंटे
duration-hours-minutes = { $hours } घंटे { $minutes } मिनट

zone-of-city = { $city } का समय
