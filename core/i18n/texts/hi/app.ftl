# Texts of what both phone apps show. Keys begin with `app-`.

# The frame
app-gone = यह यहाँ नहीं है
app-gone-text = शायद इसे हटा दिया गया है, या यह आपके साथ साझा नहीं है।
app-to-home = पहली स्क्रीन पर जाएँ
app-store-failed = इस फ़ोन का डेटा पढ़ा नहीं जा सका
app-store-failed-text = सर्वर पर कुछ नहीं खोया है। फिर कोशिश करें, या ऐप दोबारा खोलें।
app-store-full = इस फ़ोन में जगह नहीं बची
app-store-full-text = इस फ़ोन में थोड़ी जगह बनाएँ, फिर कोशिश करें।
app-update-needed = यह ऐप सर्वर के लिए बहुत पुराना है। बदलाव भेजने और पाने के लिए इसे अपडेट करें।
app-session-ended = सर्वर ने आपको साइन आउट किया। भेजने और पाने के लिए फिर साइन इन करें; जो यहाँ है, बना रहेगा।
app-clock-off = इस फ़ोन की घड़ी ग़लत है। दिखाए गए समय ठीक किए हुए हैं।
app-asked-instead = उस समय के लिए पूछा गया

# Signing up and in
app-sign-up-email-taken = इस ईमेल से खाता पहले से है। साइन इन करें।
app-password-help = कम से कम 10 अक्षर। तीन शब्द, जो सिर्फ़ आपके लिए मायने रखते हों, अच्छे रहते हैं।
app-password-short = कम से कम 10 अक्षर लिखें।
app-password-weak = यह पासवर्ड चोरों को पता है। दूसरा चुनें।
app-sign-in-wrong = ईमेल और पासवर्ड मेल नहीं खाते। दोनों जाँचें।
app-sign-in-second-step = अब अपने ऑथेंटिकेटर ऐप का कोड या कोई रिकवरी कोड लिखें।
app-sign-in-wrong-code = यह कोड या लिंक ठीक नहीं: ग़लत लिखा गया, पहले काम आ चुका या बहुत पुराना है। फिर कोशिश करें या नया माँगें।
app-sign-in-email-code-needed = आपके ईमेल पते पर भेजा गया कोड लिखें।
app-sign-in-step-up = पहले दिखाएँ कि यह आप ही हैं: ऑथेंटिकेटर ऐप के कोड या पासवर्ड से।
app-sign-in-second-factor-needed = पहले ऑथेंटिकेटर ऐप जोड़ें। उसके बिना कर्मचारियों को कुछ नहीं दिखता।
app-sign-in-not-verified = पहले अपने ईमेल पते की पुष्टि करें।
app-sign-in-no-mail = यह क्लिनिक ईमेल नहीं भेजता। क्लिनिक से मदद माँगें।
app-sign-in-too-many = बहुत बार कोशिश हुई। कुछ मिनट रुककर फिर कोशिश करें।
app-sign-in-offline = कनेक्शन नहीं है। इसके लिए ऑनलाइन होना ज़रूरी है।
app-sign-in-ended = आप साइन आउट हो गए थे। फिर साइन इन करें; इस फ़ोन पर कुछ नहीं खोया।
app-sign-in-other-installation = यह वह सर्वर नहीं है जिसे यह फ़ोन जानता है। आगे बढ़ने से पहले अपने क्लिनिक से पूछें।
app-sign-in-server = सर्वर में दिक़्क़त है। थोड़ी देर में फिर कोशिश करें।

# Notices
app-notices = सूचनाएँ
app-notices-none = कोई सूचना नहीं
app-notices-none-text = आपकी मुलाक़ातों में कुछ होगा तो यहाँ दिखेगा।
app-notices-all-read = सब पढ़ा हुआ मानें
app-notices-unread = अनपढ़ा

# What waits to be sent. `app-did-` and the name of a command says what it does.
app-outbox = आउटबॉक्स
app-outbox-empty = सब कुछ भेज दिया गया
app-outbox-empty-text = कनेक्शन के बिना जो करेंगे, वह यहाँ रुकेगा।
app-outbox-text = यह इस फ़ोन पर सहेजा है और अपने आप भेजा जाएगा।
app-outbox-blocked = ऊपर की किसी अस्वीकृत बात के सुलझने का इंतज़ार है।
app-sync-now = अभी कोशिश करें
app-did-appointments-accept = अनुरोध स्वीकार करना
app-did-appointments-book = मुलाक़ात बुक करना
app-did-appointments-cancel = मुलाक़ात रद्द करना
app-did-appointments-check-in = आगमन दर्ज करना
app-did-appointments-complete = विज़िट पूरी करना
app-did-appointments-decline = अनुरोध अस्वीकार करना
app-did-appointments-no-show = न आने का उल्लेख
app-did-appointments-reschedule = मुलाक़ात का समय बदलना
app-did-appointments-start = विज़िट शुरू करना
app-did-consultations-accept = क्लिनिक का समय लेना
app-did-consultations-decline = अनुरोध अस्वीकार करना
app-did-consultations-offer = समय देना
app-did-consultations-open = क्लिनिक से पूछना
app-did-consultations-refuse-offer = दूसरा समय माँगना
app-did-consultations-withdraw = अनुरोध वापस लेना
app-did-directory-submit = लाइसेंस जमा करना
app-did-directory-update-doctor = प्रोफ़ाइल बदलना
app-did-notices-mark-read = सूचनाएँ पढ़ी हुई मानना
app-did-profiles-add-dependant = व्यक्ति जोड़ना
app-did-profiles-grant-caregiver = किसी को मदद करने देना
app-did-profiles-revoke-link = किसी की पहुँच बंद करना
app-did-profiles-update = निजी जानकारी बदलना
app-did-reviews-reply = समीक्षा का उत्तर
app-did-reviews-write = समीक्षा लिखना
app-did-scheduling-add-leave = छुट्टी जोड़ना
app-did-scheduling-remove-leave = समय वापस खोलना
app-did-scheduling-save = शेड्यूल बदलना
app-did-keys-found = अपनी कुंजियाँ बनाना
app-did-keys-change = अपने उपकरण बदलना
app-did-vaults-found = चिकित्सा इतिहास शुरू करना
app-did-vaults-change = पढ़ने का अधिकार बदलना
app-did-history-write = चिकित्सा इतिहास में लिखना
app-did-history-remove = चिकित्सा इतिहास से हटाना
app-did-settings-follow = डॉक्टर को पास रखना
app-did-settings-save = सेटिंग सहेजना
app-did-settings-unfollow = डॉक्टर को हटाना
app-did-waitlist-accept = बताया गया समय लेना
app-did-waitlist-join = समय का इंतज़ार
app-did-waitlist-leave = इंतज़ार बंद करना
app-did-waitlist-pass = बताया गया समय छोड़ना
app-did-something = एक बदलाव

# Settings
app-settings-notices = ऐप में सूचनाएँ
app-settings-visits = मुलाक़ातें
app-settings-visits-detail = बुक, बदली, रद्द
app-settings-requests = अनुरोध
app-settings-requests-detail = बिना समय के पूछा गया, और उसका क्या हुआ
app-settings-waitlist = इंतज़ार की सूची
app-settings-waitlist-detail = जब समय ख़ाली हो
app-settings-account = खाता
app-settings-held = इस फ़ोन पर
app-settings-size = इस्तेमाल जगह
app-settings-megabytes = { $n } MB, एन्क्रिप्टेड
app-settings-records = रिकॉर्ड
app-settings-safe = चाबी कहाँ है
app-settings-keys-platform = फ़ोन के अपने सुरक्षित भंडार में
app-settings-keys-file = सुरक्षित फ़ाइल में: इस उपकरण में चाबियों का भंडार नहीं है
app-settings-synced = आख़िरी बार ताज़ा
app-password = पासवर्ड बदलें
app-password-intro = आपके बाकी सारे उपकरण साइन आउट हो जाएँगे।
app-password-current = मौजूदा पासवर्ड
app-password-new = नया पासवर्ड
app-password-changed = आपका पासवर्ड बदल गया
app-sessions = आप कहाँ साइन इन हैं
app-sessions-text = जिसे आप न पहचानें उसे बंद करें, फिर पासवर्ड बदलें।
app-sessions-this = यह उपकरण
app-sessions-since = साइन इन { $when }
app-sessions-used = आख़िरी बार { $when }
app-sessions-end = वहाँ से साइन आउट करें
app-sign-out = साइन आउट करें और इस फ़ोन से हटाएँ
app-sign-out-question = साइन आउट करें?
app-sign-out-text = इस खाते का सब कुछ इस फ़ोन से हटा दिया जाएगा। सर्वर पर वह बना रहेगा।
app-sign-out-unsent = { $n ->
    [one] { $n } बदलाव भेजा नहीं गया, वह खो जाएगा।
   *[other] { $n } बदलाव भेजे नहीं गए, वे खो जाएँगे।
}

# Visits and requests
app-reason = कारण
app-free-of-charge = निःशुल्क
app-mode-in-person = आमने-सामने
app-mode-video = वीडियो
app-mode-chat = चैट
app-about-new-problem = नई समस्या
app-about-follow-up = फ़ॉलो-अप
app-about-prescription = दवा का पर्चा दोबारा
app-about-test-results = जाँच के नतीजे
app-about-certificate = प्रमाणपत्र
app-about-other = कुछ और

# Languages by their codes (ISO 639-1)
app-language-ar = अरबी
app-language-bn = बांग्ला
app-language-de = जर्मन
app-language-en = अंग्रेज़ी
app-language-es = स्पैनिश
app-language-fr = फ़्रेंच
app-language-gu = गुजराती
app-language-hi = हिन्दी
app-language-it = इतालवी
app-language-ja = जापानी
app-language-kn = कन्नड़
app-language-ml = मलयालम
app-language-mr = मराठी
app-language-pa = पंजाबी
app-language-pl = पोलिश
app-language-pt = पुर्तगाली
app-language-ru = रूसी
app-language-ta = तमिल
app-language-te = तेलुगु
app-language-tr = तुर्की
app-language-ur = उर्दू
app-language-zh = चीनी
app-audit-alarm = क्लिनिक का लेखा पीछे से बदल गया है
app-audit-alarm-text = यह ऐप “किसने क्या किया” के लेखे की आख़िरी देखी हुई पंक्ति रखता है। वह अब वहाँ नहीं है: या तो सर्वर बैकअप से लौटाया गया, या किसी ने पंक्तियाँ हटाईं। कृपया क्लिनिक को बताएँ।
app-audit-alarm-dismiss = मैंने क्लिनिक को बता दिया
