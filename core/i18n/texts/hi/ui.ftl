# What the shared components say: mobile-ui.

ui-loading = लोड हो रहा है
ui-optional = वैकल्पिक
ui-show-password = पासवर्ड दिखाएँ
ui-hide-password = पासवर्ड छिपाएँ
ui-show-pin = PIN दिखाएँ
ui-hide-pin = PIN छिपाएँ
ui-clear-search = खोज मिटाएँ
ui-choose = चुनें
ui-dismiss-message = संदेश हटाएँ
ui-navigation = मुख्य
ui-days = दिन
ui-times = समय
ui-errors-title = { $n ->
    [one] एक बात पर ध्यान दें
   *[other] { $n } बातों पर ध्यान दें
}
ui-step-of = { $steps } में से चरण { $step }
ui-earlier-week = पिछला हफ़्ता
ui-later-week = अगला हफ़्ता
ui-free-times = { $n ->
    [0] कोई समय खाली नहीं
    [one] { $n } समय खाली
   *[other] { $n } समय खाली
}
ui-no-time-this-week = इस हफ़्ते कोई समय खाली नहीं
ui-next-free = अगला: { $when }
ui-not-free = खाली नहीं
ui-now = अभी
ui-free-for = { $duration } खाली
ui-free-from-to = खाली, { $range }

list-error-title = यह लोड नहीं हो सका
list-error-text = अपना कनेक्शन देखें और फिर कोशिश करें।
list-offline-as-of = ऑफ़लाइन। { $time } तक की जानकारी।

sync-up-to-date = सब ताज़ा है
sync-offline = { $time } तक की जानकारी, ऑफ़लाइन
sync-offline-never = ऑफ़लाइन
sync-waiting = { $n ->
    [one] { $n } भेजा जाना बाकी
   *[other] { $n } भेजे जाने बाकी
}
sync-sending = { $n ->
    [one] { $n } बदलाव भेजा जा रहा है
   *[other] { $n } बदलाव भेजे जा रहे हैं
}
sync-refused = { $n ->
    [one] { $n } स्वीकार नहीं हुआ
   *[other] { $n } स्वीकार नहीं हुए
}
sync-pending = भेजा जाना बाकी

refusal-other-times = दूसरे खाली समय
refusal-look = इसे देखें
refusal-keep-looking = और देखें

welcome-promise = इलाज जो आपके दिन में समाए, कनेक्शन न हो तब भी।
welcome-detail = भरोसे का डॉक्टर खोजें, एक मिनट में बुक करें और अपनी मुलाक़ातें साथ रखें।
welcome-language = भाषा

sign-in-title = साइन इन
sign-in-email = ईमेल
sign-in-password = पासवर्ड
sign-in-forgot = पासवर्ड भूल गए?
sign-in-no-account = यहाँ नए हैं?
sign-in-busy = साइन इन हो रहा है
sign-in-email-missing = अपना ईमेल लिखें।
sign-in-email-wrong = ईमेल इस तरह लिखें: name@example.org
sign-in-password-missing = अपना पासवर्ड लिखें।

settings-title = सेटिंग
settings-look = रूप और भाषा
settings-language = भाषा
settings-theme = रूप
settings-theme-system = अपने आप
settings-theme-light = उजला
settings-theme-dark = गहरा
settings-text-size = अक्षरों का आकार
settings-text-size-sample = अक्षर ऐसे दिखेंगे।
settings-text-size-normal = सामान्य
settings-text-size-large = बड़े
settings-text-size-larger = और बड़े
settings-text-size-largest = सबसे बड़े
