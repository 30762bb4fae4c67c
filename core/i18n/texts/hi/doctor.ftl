# Texts of the doctor's app. Keys begin with `doctor-`.

# The places of the app.
doctor-tab-today = आज
doctor-tab-calendar = कैलेंडर
doctor-tab-requests = अनुरोध
doctor-tab-more = और
doctor-to-calendar = कैलेंडर खोलें
doctor-saved = सहेज लिया गया
doctor-sent = सहेज लिया गया। भेजे जाते ही क्लिनिक पुष्टि करेगा।

# Welcome, registration, signing in.
doctor-promise = आपकी प्रैक्टिस, शांत और व्यवस्थित, बिना कनेक्शन के भी।
doctor-promise-detail = देखें अगला मरीज़ कौन है, अनुरोधों का तुरंत जवाब दें, और अपने मनचाहे घंटे खोलें।
doctor-sign-up = डॉक्टर के रूप में पंजीकरण
doctor-sign-up-intro = पहले आपका खाता। फिर आप अपना लाइसेंस जमा करते हैं और क्लिनिक उसकी जाँच करता है।
doctor-name = पद सहित आपका नाम
doctor-name-help = जैसा मरीज़ देखेंगे, जैसे डॉ. आशा राव।

# The day.
doctor-day = आपका दिन
doctor-day-empty = आज कुछ तय नहीं है
doctor-day-empty-text = आज आपके कोई खुले घंटे और कोई विज़िट नहीं है।
doctor-next = अगला
doctor-count-booked = बुक
doctor-count-arrived = आ चुके
doctor-count-done = पूरे
doctor-away = अनुपस्थित
doctor-away-detail = कोई विज़िट बुक नहीं होती
doctor-requests-wait = { $n ->
    [one] { $n } अनुरोध प्रतीक्षा में
   *[other] { $n } अनुरोध प्रतीक्षा में
}
doctor-where-i-stand = अपनी स्थिति देखें

# Visits and what is done with them.
doctor-visit-title = विज़िट
doctor-request-title = अनुरोध
doctor-accept = स्वीकार करें
doctor-decline = अस्वीकार करें
doctor-check-in = आगमन दर्ज करें
doctor-start = शुरू करें
doctor-complete = पूरा करें
doctor-no-show = नहीं आए
doctor-reschedule = समय बदलें
doctor-cancel-visit = विज़िट रद्द करें
doctor-decline-why = आप क्यों अस्वीकार कर रहे हैं?
doctor-decline-read = मरीज़ यह कारण पढ़ेगा।
doctor-cancel-why = इसे क्यों रद्द किया जा रहा है?
doctor-reason-told = { $name } को बताया जाएगा।
doctor-state-held = प्रस्तावित समय
doctor-patient = मरीज़
doctor-patient-unknown = नया मरीज़
doctor-patient-unknown-text = आपके साथ विज़िट होने पर आप मरीज़ के बारे में और देख पाएँगे।
doctor-age = { $n ->
    [one] { $n } वर्ष
   *[other] { $n } वर्ष
}
doctor-born = जन्म { $date }
doctor-sex-female = महिला
doctor-sex-male = पुरुष
doctor-sex-other = अन्य
doctor-sex-unknown = नहीं बताया
doctor-phone = फ़ोन
doctor-known-since = आपके परिचित, कब से
doctor-earlier-visits = आपके साथ पिछली विज़िट
doctor-seen = { $n ->
    [one] { $n } विज़िट
   *[other] { $n } विज़िट
}
doctor-last-seen = पिछली बार { $date }
doctor-missed-visits = छूटी विज़िट
doctor-about-visit = इस विज़िट के बारे में
doctor-where = कहाँ
doctor-how = कैसे मिलेंगे
doctor-price = शुल्क
doctor-origin = कैसे बनी
doctor-origin-patient = मरीज़ ने माँगी
doctor-origin-front-desk = रिसेप्शन ने दर्ज की
doctor-origin-waitlist = प्रतीक्षा सूची से
doctor-origin-request = अनुरोध के जवाब में
doctor-late = देर से
doctor-history = क्या हुआ
doctor-answer-by = { $left } जवाब दें, नहीं तो यह समाप्त हो जाएगा।
doctor-other-clock = { $zone }। आपकी घड़ी में: { $here }
doctor-by-patient = मरीज़ द्वारा
doctor-by-doctor = आपके द्वारा
doctor-by-clinic = क्लिनिक द्वारा
doctor-by-system = अपने आप
doctor-event-moved = { $from } से बदला गया
doctor-event-reassigned = दूसरे डॉक्टर को दी गई
doctor-event-reopened = फिर से खोली गई
doctor-reason-away = मैं उपलब्ध नहीं हूँ
doctor-reason-closed = क्लिनिक बंद है
doctor-reason-other-time = दूसरा समय मिल गया
doctor-reason-twice = दो बार बुक हुई
doctor-reason-not-needed = अब ज़रूरत नहीं
doctor-reason-cannot-come = मरीज़ नहीं आ सकता
doctor-reason-other = कोई और कारण

# Requests.
doctor-requests-none = आपके लिए कुछ प्रतीक्षा में नहीं
doctor-requests-none-text = नए अनुरोध यहाँ दिखेंगे।
doctor-requests-times = पुष्टि के लिए समय
doctor-requests-open = बिना समय के अनुरोध
doctor-request-waits = आपकी प्रतीक्षा में
doctor-request-offered = समय दिया गया
doctor-request-accepted = स्वीकार हुआ
doctor-request-declined = अस्वीकार हुआ
doctor-request-withdrawn = वापस लिया गया
doctor-request-expired = समाप्त
doctor-urgency-routine = कुछ हफ़्तों में
doctor-urgency-soon = कुछ दिनों में
doctor-urgency-urgent = आज या कल
doctor-wish = क्या चाहिए
doctor-days = उपयुक्त दिन
doctor-any-day = कोई भी दिन
doctor-opened = कब पूछा
doctor-offered-time = दिया गया समय: { $when }
doctor-declined-no-capacity = जल्द कोई समय नहीं
doctor-declined-not-offered = हम यह सेवा नहीं देते
doctor-declined-call-us = कृपया क्लिनिक को फ़ोन करें
doctor-declined-emergency = कृपया आपातकालीन सेवा में जाएँ

# Choosing a time.
doctor-offer-time = समय दें
doctor-offer-this = यह समय दें
doctor-move-here = यहाँ बदलें
doctor-choose-time = समय चुनें
doctor-now-at = अभी { $when }
doctor-kind = विज़िट का प्रकार
doctor-day-closed = इस दिन कोई घंटे नहीं
doctor-no-kinds = अभी कोई विज़िट प्रकार नहीं
doctor-no-kinds-text = अपने शेड्यूल में एक जोड़ें, फिर समय दिया जा सकता है।

# The calendar.
doctor-calendar-view = दृश्य
doctor-view-day = दिन
doctor-view-week = सप्ताह
doctor-earlier = पहले
doctor-later = बाद में
doctor-legend = रंगों का अर्थ
doctor-legend-hatched = छुट्टी और अंतराल
doctor-zoom-in = बड़ा
doctor-zoom-out = छोटा
doctor-can-be-booked = मरीज़ यह समय बुक कर सकते हैं।
doctor-block = यह समय रोकें
doctor-block-length = कितनी देर
doctor-blocked = रोक दिया गया
doctor-give-back = समय वापस खोलें

# Leave.
doctor-leave = छुट्टी
doctor-leave-add = छुट्टी जोड़ें
doctor-leave-none = आगे कोई छुट्टी नहीं
doctor-leave-none-text = जोड़ते ही मरीज़ों के लिए आपका समय बंद हो जाता है।
doctor-leave-length = कितने समय
doctor-leave-days = पूरे दिन
doctor-leave-hours = दिन का हिस्सा
doctor-leave-first = पहला दिन
doctor-leave-last = आख़िरी दिन
doctor-leave-date = दिन
doctor-leave-saved = छुट्टी सहेजी गई
doctor-leave-holiday = अवकाश
doctor-leave-away = बाहर
doctor-leave-training = प्रशिक्षण
doctor-leave-block = रोका गया
doctor-from = से
doctor-to = तक
doctor-hits = { $n ->
    [0] इस समय में कोई विज़िट नहीं
    [one] इस समय में { $n } विज़िट
   *[other] इस समय में { $n } विज़िट
}
doctor-hits-none = इस समय में कोई विज़िट नहीं
doctor-hits-choose = हर एक के बारे में तय करें। सहेजने तक कुछ नहीं बदलेगा।
doctor-hit-keep = रखें
doctor-hit-move = बदलें
doctor-hit-cancel = रद्द करें

# The schedule.
doctor-schedule = शेड्यूल
doctor-schedule-zone = सभी समय { $zone } के अनुसार हैं।
doctor-schedule-broken = सहेजने से पहले कुछ प्रविष्टियाँ ठीक करनी होंगी।
doctor-hours = साप्ताहिक घंटे
doctor-hours-a-week = सप्ताह में { $hours }
doctor-hours-add = घंटे जोड़ें
doctor-hours-copy = सभी कार्य दिवसों पर यही
doctor-hours-remove = { $from } से शुरू घंटे हटाएँ
doctor-weekday = सप्ताह का दिन
doctor-closed = बंद
doctor-dates = अलग दिन
doctor-dates-text = किसी एक तारीख़ को अलग घंटे, या बंद। ये उस दिन के सामान्य घंटों की जगह लेते हैं।
doctor-date-new = तारीख़
doctor-date-add = जोड़ें
doctor-date-remove = { $date } हटाएँ
doctor-kinds = विज़िट के प्रकार
doctor-kinds-none = विज़िट प्रकार के बिना कोई बुक नहीं कर सकता। एक जोड़ें।
doctor-kind-add = विज़िट प्रकार जोड़ें
doctor-kind-remove = { $name } हटाएँ
doctor-length = अवधि, मिनट में
doctor-price-in = शुल्क, { $currency } में
doctor-buffer-before = पहले ख़ाली
doctor-buffer-after = बाद में ख़ाली
doctor-capacity = एक साथ मरीज़
doctor-rules = बुकिंग के नियम
doctor-rule-notice = मरीज़ विज़िट से कम से कम { $value } पहले बुक करें।
doctor-rule-horizon = वे { $value } आगे तक बुक कर सकते हैं।
doctor-rule-step = विज़िट हर { $value } पर शुरू होती हैं।
doctor-rule-cap = एक दिन में आप { $value } देखते हैं।
doctor-rule-cancel = मरीज़ कम से कम { $value } पहले रद्द करें या बदलें।
doctor-rule-auto = बुकिंग की अपने आप पुष्टि
doctor-rule-auto-on = ख़ाली समय तुरंत बुक हो जाता है।
doctor-rule-auto-off = हर अनुरोध का जवाब आप देते हैं।
doctor-no-limit = जितने हो सकें
doctor-days-count = { $n ->
    [one] { $n } दिन
   *[other] { $n } दिन
}
doctor-visits-count = { $n ->
    [one] अधिकतम { $n } विज़िट
   *[other] अधिकतम { $n } विज़िट
}
doctor-preview = अगले दो सप्ताह
doctor-preview-now = दिन के हिसाब से उपलब्ध समय।
doctor-preview-before = अभी के समय
doctor-preview-after = सहेजने के बाद के समय
doctor-preview-same = वही समय
doctor-preview-more = { $n ->
    [one] { $n } समय ज़्यादा
   *[other] { $n } समय ज़्यादा
}
doctor-preview-fewer = { $n ->
    [one] { $n } समय कम
   *[other] { $n } समय कम
}
doctor-preview-visits = { $n ->
    [one] { $n } बुक विज़िट प्रभावित
   *[other] { $n } बुक विज़िट प्रभावित
}

# Verification.
doctor-verification = सत्यापन
doctor-standing-registered = पंजीकृत
doctor-standing-registered-text = अपना लाइसेंस जमा करें और क्लिनिक चुनें। मरीज़ अभी आपको नहीं देख सकते।
doctor-standing-submitted = जाँच हो रही है
doctor-standing-submitted-text = क्लिनिक आपका लाइसेंस देख रहा है। आमतौर पर दो कार्य दिवसों में आपको यहीं बताया जाएगा।
doctor-standing-verified = सत्यापित
doctor-standing-verified-text = मरीज़ आपको ढूँढ सकते हैं।
doctor-standing-rejected = स्वीकार नहीं हुआ
doctor-standing-rejected-text = कारण पढ़ें, ठीक करें और फिर जमा करें।
doctor-standing-suspended = रोका गया
doctor-standing-suspended-text = अभी मरीज़ आपको बुक नहीं कर सकते। बुक की गई विज़िट बनी रहेंगी। अपने क्लिनिक से बात करें।
doctor-standing-removed = हटाया गया
doctor-standing-removed-text = अब आप यहाँ काम नहीं करते। पुरानी विज़िट में आपका नाम रहेगा।
doctor-since = { $when } से
doctor-missing = अभी बाकी
doctor-missing-license = अपना लाइसेंस जमा करें
doctor-missing-license-text = नंबर, संस्था, देश और वैधता।
doctor-missing-specialty = अपनी विशेषज्ञता बताएँ
doctor-missing-specialty-text = मरीज़ इसी से खोजते हैं।
doctor-missing-role = क्लिनिक को आपको जोड़ना है
doctor-missing-role-text = क्लिनिक का प्रशासक आपको वहाँ भूमिका देता है। फिर आपका शेड्यूल खुलेगा।
doctor-missing-hours = अपने घंटे खोलें
doctor-missing-hours-text = शेड्यूल में घंटे और विज़िट प्रकार जोड़ें।
doctor-way = पहली बुकिंग तक का रास्ता
doctor-step-registered = खाता खुला
doctor-step-submitted = लाइसेंस जमा
doctor-step-checked = क्लिनिक ने लाइसेंस जाँचा
doctor-step-bookable = मरीज़ आपको बुक कर सकते हैं
doctor-step-done = हो गया
doctor-step-later = अभी बाकी
doctor-hand-in = आपका लाइसेंस
doctor-hand-in-send = जमा करें
doctor-handed-in = जमा हो गया
doctor-license-number = लाइसेंस नंबर
doctor-license-authority = जारी करने वाली संस्था
doctor-license-authority-help = जैसे आपके राज्य की मेडिकल काउंसिल।
doctor-license-country = देश का कोड
doctor-license-country-help = दो अक्षर, जैसे IN या DE।
doctor-license-valid-until = कब तक वैध
doctor-clinics = जिन क्लिनिक में आप काम करना चाहते हैं

# The public page.
doctor-profile = प्रोफ़ाइल
doctor-page-listed = मरीज़ यह पेज देखते हैं
doctor-page-hidden = मरीज़ अभी यह पेज नहीं देखते
doctor-specialties = विशेषज्ञता
doctor-about-me = आपके बारे में
doctor-about-me-help = आने से पहले मरीज़ों को क्या जानना चाहिए।
doctor-languages = आप जो भाषाएँ बोलते हैं
doctor-education = शिक्षा
doctor-certifications = प्रमाणपत्र
doctor-one-per-line = हर पंक्ति में एक।
doctor-practising-since = प्रैक्टिस कब से (वर्ष)
doctor-reviews = समीक्षाएँ
doctor-reviews-latest = नवीनतम
doctor-reviews-none-text = विज़िट पूरी होने पर मरीज़ लिख सकते हैं।
doctor-review-reply = उत्तर दें
doctor-review-answer = आपका उत्तर
doctor-review-help = इसे सब पढ़ सकते हैं। ऐसा कुछ न लिखें जिससे मरीज़ या विज़िट का कारण पहचाना जाए।
doctor-review-send = प्रकाशित करें
doctor-review-change = उत्तर बदलें
doctor-review-remove = उत्तर वापस लें

# Notices.
doctor-notice-requested = नया अनुरोध
doctor-notice-booked = नई विज़िट
doctor-notice-declined = विज़िट अस्वीकार
doctor-notice-expired = अनुरोध समाप्त
doctor-notice-moved = विज़िट का समय बदला
doctor-notice-cancelled = विज़िट रद्द
doctor-notice-missed = विज़िट छूटी
doctor-notice-waitlist = प्रतीक्षा सूची से समय दिया गया
doctor-notice-request = एक अनुरोध आपको दिया गया
doctor-notice-request-text = एक मरीज़ ने बिना समय के पूछा है।
doctor-notice-request-changed = एक अनुरोध का जवाब आया
doctor-notice-standing = आपका सत्यापन
doctor-notice-other = सूचना

# What is wrong with a field: by its name in the rules.
doctor-wrong = इसे जाँचें।
doctor-wrong-empty = इसे भरें।
doctor-wrong-overlap = ये घंटे उसी दिन के दूसरे घंटों से टकराते हैं।
doctor-wrong-name = अपना नाम लिखें।
doctor-wrong-number = अपने लाइसेंस का नंबर लिखें।
doctor-wrong-authority = लिखें कि लाइसेंस किसने जारी किया।
doctor-wrong-country = दो अक्षर लिखें, जैसे IN।
doctor-wrong-valid-until = आगे की कोई तारीख़ लिखें।
doctor-wrong-clinics = कम से कम एक क्लिनिक चुनें।
doctor-wrong-start-min = दिन का समय लिखें।
doctor-wrong-end-min = अंत शुरुआत के बाद होना चाहिए।
doctor-wrong-length-min = 5 से 720 मिनट लिखें।
doctor-wrong-price = राशि लिखें, जैसे 500।
doctor-wrong-capacity = 1 से 100 लिखें।
doctor-wrong-horizon-days = 1 से 400 दिन चुनें।
doctor-wrong-first = तारीख़ लिखें।
doctor-wrong-last = आख़िरी दिन पहले दिन से पहले नहीं हो सकता।
doctor-wrong-to = अंत शुरुआत के बाद होना चाहिए।
doctor-wrong-about = यह बहुत लंबा है।
doctor-wrong-specialties = अधिकतम 6 चुनें।
doctor-wrong-languages = अधिकतम 12 चुनें।
doctor-wrong-education = अधिकतम 20 प्रविष्टियाँ, 200 अक्षर तक।
doctor-wrong-certifications = अधिकतम 20 प्रविष्टियाँ, 200 अक्षर तक।
doctor-wrong-practising-since = 1940 के बाद का वर्ष लिखें।

# The medical history that a patient shares
doctor-shared = चिकित्सा इतिहास
doctor-shared-none = मरीज़ ने आपसे कोई चिकित्सा इतिहास साझा नहीं किया है, या अब नहीं करते। यह वे अपने ऐप में रिकॉर्ड के नीचे तय करते हैं।
doctor-shared-empty = यह आपसे साझा किया गया है, और इसमें अभी कुछ नहीं लिखा है।
doctor-shared-until = आपसे { $date } तक साझा
