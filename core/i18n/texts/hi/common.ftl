# Words every app uses: the product's name, what buttons say, units.

app-name = MediConnect

action-back = वापस
action-cancel = रद्द करें
action-close = बंद करें
action-continue = आगे बढ़ें
action-create-account = खाता बनाएँ
action-discard = हटा दें
action-done = हो गया
action-edit = बदलें
action-retry = फिर कोशिश करें
action-save = सहेजें
action-search = खोजें
action-show-all = सब दिखाएँ
action-sign-in = साइन इन करें
action-sign-out = साइन आउट करें

distance-km = { $n } किमी
distance-m = { $n } मी

rating-value = 5 में से { $value }
rating-count = { $n ->
    [one] { $n } समीक्षा
   *[other] { $n } समीक्षाएँ
}
rating-stars = { $n ->
    [one] { $n } सितारा
   *[other] { $n } सितारे
}
rating-none = अभी कोई समीक्षा नहीं

state-held = आपके लिए रोका गया
state-requested = अनुरोध भेजा गया
state-booked = बुक है
state-arrived = पहुँच गए
state-in-progress = चल रही है
state-done = पूरी हुई
state-cancelled = रद्द
state-declined = मना किया गया
state-expired = समय निकल गया
state-no-show = नहीं आए
state-pending = भेजा जाना बाकी
state-refused = स्वीकार नहीं हुआ
