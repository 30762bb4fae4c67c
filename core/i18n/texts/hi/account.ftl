# खाता कैसे सुरक्षित रहता है और उसमें वापस कैसे आते हैं: फ़ोन ऐप और एडमिन ऐप में। कुंजियाँ `account-` से शुरू होती हैं।

# खोया पासवर्ड, ईमेल के कोड
account-forgotten = नया पासवर्ड
account-forgotten-text = अपना ईमेल लिखें। हम एक कोड भेजेंगे, जिससे आप नया पासवर्ड रख सकेंगे।
account-forgotten-send = मुझे कोड भेजें
account-forgotten-sent = अगर { $email } का यहाँ खाता है, तो ईमेल भेज दिया गया है। एक मिनट लग सकता है; स्पैम फ़ोल्डर में भी देखें।
account-forgotten-new = नया पासवर्ड रखें
account-forgotten-code-help = आठ अंक। 15 मिनट तक काम करता है।
account-forgotten-set = नया पासवर्ड रखें
account-forgotten-ends = आप हर जगह से साइन आउट हो जाएँगे। ऑथेंटिकेटर ऐप चलाते हैं, तो साइन इन के लिए वह फिर भी चाहिए।
account-forgotten-other = दूसरा ईमेल लिखें
account-forgotten-done = आपका नया पासवर्ड रख दिया गया। उसी से साइन इन करें।
account-mail-code = ईमेल में आया कोड
account-mail-code-missing = ईमेल में आया कोड लिखें।
account-mail-code-wrong = यह कोड सही नहीं है या बहुत पुराना है। जाँचें या नया मँगाएँ।
account-mail-send-again = फिर भेजें
account-mail-sent-again = एक और ईमेल भेजा गया है। अब सिर्फ़ उसी का कोड चलेगा।

# ईमेल पता अपना है
account-email-card = अपने ईमेल की पुष्टि करें
account-email-card-text = कभी पासवर्ड भूल जाएँ तो वापस आ सकें, इसके लिए दिखाएँ कि { $email } आपका है।
account-email-confirm = ईमेल की पुष्टि करें
account-email-why = पुष्टि किए पते से, पासवर्ड भूलने पर नया रखा जा सकता है। ऑथेंटिकेटर ऐप के लिए भी यह ज़रूरी है।
account-email-send = मुझे कोड भेजें
account-email-have-code = मेरे पास कोड है
account-email-sent = ईमेल भेजा गया है। उसका कोड लिखें या उसका लिंक खोलें।
account-email-code-help = आठ अंक। एक दिन तक काम करता है।
account-email-done = आपके ईमेल की पुष्टि हो गई
account-email-verified = पुष्टि हो चुकी
account-email-unverified = पुष्टि बाकी
account-email-no-mail = यह क्लिनिक ईमेल नहीं भेजता। पासवर्ड भूल जाएँ तो क्लिनिक से पूछें।

# साइन इन का दूसरा कदम
account-security = सुरक्षा
account-security-detail = ईमेल, ऑथेंटिकेटर ऐप, रिकवरी कोड
account-security-unknown = इसके लिए कनेक्शन चाहिए
account-security-more = पासवर्ड और उपकरण
account-second = एक कदम और
account-second-text = पासवर्ड सही है। अब वह कोड लिखें जो ऑथेंटिकेटर ऐप दिखाता है।
account-second-wrong = यह कोड सही नहीं है। जाँचें या अगले का इंतज़ार करें: हर कोड एक ही बार चलता है।
account-second-over = बहुत देर हो गई या बहुत कोड ग़लत थे। पासवर्ड से फिर शुरू करें।
account-second-lost = फ़ोन खो गया? रिकवरी कोड लिखें। वे भी न हों, तो अपने क्लिनिक से मदद माँगें।
account-second-other-account = दूसरा खाता
account-second-step = साइन इन का दूसरा कदम
account-second-why = इसके साथ सिर्फ़ चुराए हुए पासवर्ड से कोई अंदर नहीं आ सकता।
account-second-on = चालू
account-second-off = बंद
account-second-on-text = नए उपकरण पर आपसे ऐप का कोड माँगा जाएगा।
account-second-turn-off = बंद करें
account-second-turn-off-question = दूसरा कदम बंद करें?
account-second-turn-off-text = फिर साइन इन के लिए सिर्फ़ पासवर्ड काफ़ी होगा। आपके रिकवरी कोड बेकार हो जाएँगे।
account-second-turned-off = दूसरा कदम बंद है
account-code = ऑथेंटिकेटर ऐप का कोड
account-code-help = छह अंक, हर 30 सेकंड में नया।
account-code-recovery = रिकवरी कोड
account-code-recovery-help = आपके सहेजे कोड में से एक, जैसे abcd-efgh-2345-6789। हर एक एक ही बार चलता है।
account-code-use-recovery = रिकवरी कोड लिखें
account-code-use-app = ऑथेंटिकेटर ऐप का कोड लिखें
account-code-missing = कोड लिखें।
account-authenticator = ऑथेंटिकेटर ऐप
account-authenticator-set-up = ऑथेंटिकेटर ऐप जोड़ें
account-authenticator-text = कोई भी ऑथेंटिकेटर ऐप चलेगा। वह हर 30 सेकंड में नया कोड दिखाता है, बिना कनेक्शन के भी।
account-authenticator-not-begun = यह शुरू नहीं हो सका
account-authenticator-email-first = पहले अपने ईमेल की पुष्टि करें। ताकि कोई आपको आपके ही खाते से बाहर न कर सके।
account-authenticator-connect = 1. ऐप जोड़ें
account-authenticator-scan = ऐप दूसरे उपकरण पर है? उससे इसे स्कैन करें।
account-authenticator-qr = ऑथेंटिकेटर ऐप के लिए QR कोड
account-authenticator-same-phone = ऐप इसी फ़ोन पर है? यह कुंजी कॉपी करें और ऐप में हाथ से कुंजी लिखना चुनें।
account-authenticator-copy = कुंजी कॉपी करें
account-authenticator-check = 2. जाँचें कि चलता है
account-authenticator-wrong = ऐप अभी यह कोड नहीं दिखा रहा। देखें कि फ़ोन की घड़ी सही है और सबसे नया कोड लिखें।
account-authenticator-turn-on = चालू करें
account-recovery = रिकवरी कोड
account-recovery-once = ये कोड सिर्फ़ अभी दिखते हैं।
account-recovery-text = फ़ोन खो जाए या टूट जाए, तो इनमें से एक ऐप की जगह चलता है। हर एक एक ही बार। इन्हें वहाँ रखें जहाँ ज़रूरी काग़ज़ रखते हैं, सिर्फ़ इस फ़ोन पर नहीं।
account-recovery-copy = कॉपी करें
account-recovery-save = फ़ाइल में सहेजें
account-recovery-file = MediConnect के रिकवरी कोड। हर एक एक ही बार चलता है।
account-recovery-saved = मैंने इन्हें सहेज लिया है
account-recovery-first = कोड सहेजें और नीचे बताएँ। ये फिर नहीं दिखाए जा सकते।
account-recovery-left = { $n ->
    [0] कोई रिकवरी कोड नहीं बचा
    [one] { $n } रिकवरी कोड बचा है
   *[other] { $n } रिकवरी कोड बचे हैं
}
account-recovery-few = नए बनाएँ
account-recovery-renew = नए रिकवरी कोड
account-recovery-renew-question = नए रिकवरी कोड बनाएँ?
account-recovery-renew-text = पहले वाले सारे तुरंत बेकार हो जाएँगे।
account-copied-secret = कॉपी हो गया। एक मिनट में क्लिपबोर्ड से हट जाएगा।

# फिर दिखाना कि यह आप ही हैं
account-proof = क्या यह आप हैं?
account-proof-by-code = आगे बढ़ने से पहले अपने ऑथेंटिकेटर ऐप का कोड लिखें।
account-proof-by-password = आगे बढ़ने से पहले अपना पासवर्ड एक बार और लिखें।
account-proof-wrong-password = यह आपका पासवर्ड नहीं है। जाँचें।

# ऐप का अपना ताला
account-lock = ऐप का ताला
account-lock-detail = इस ऐप का PIN
account-lock-why = आपका खुला फ़ोन जिसके हाथ में हो, उसे भी PIN के बिना इस ऐप का कुछ नहीं दिखता।
account-lock-note = ताला लगा हो तो ऐप में कुछ नहीं आता। 10 ग़लत PIN के बाद आपके खाते का सब कुछ इस फ़ोन से हट जाता है; सर्वर पर रहता है।
account-lock-title = ताला लगा है
account-lock-text = इस ऐप का PIN लिखें।
account-lock-pin = PIN
account-lock-open = खोलें
account-lock-now = अभी ताला लगाएँ
account-lock-choose = PIN रखें
account-lock-change = PIN बदलें
account-lock-remove = PIN बंद करें
account-lock-current = आपका मौजूदा PIN
account-lock-new = नया PIN
account-lock-again = नया PIN एक बार और
account-lock-help = 4 से 8 अंक। बैंक कार्ड का PIN नहीं।
account-lock-missing = अपना PIN लिखें।
account-lock-form = 4 से 8 अंक लिखें।
account-lock-easy = इस PIN का अनुमान लगाना बहुत आसान है। दूसरा चुनें।
account-lock-differs = दोनों PIN एक जैसे नहीं हैं।
account-lock-set = PIN रख दिया गया
account-lock-removed = PIN बंद है
account-lock-idle = कितनी देर बाद ख़ुद ताला लगे
account-lock-minutes = { $n } मिनट
account-lock-wrong = यह PIN सही नहीं है।
account-lock-wiped = बहुत बार ग़लत PIN: खाते का सब कुछ इस फ़ोन से हटा दिया गया। फिर साइन इन करें।
account-lock-left = { $n ->
    [one] एक कोशिश बची है। ग़लत हुई तो खाते का सब कुछ इस फ़ोन से हट जाएगा।
   *[other] { $n } कोशिशें बची हैं। उसके बाद खाते का सब कुछ इस फ़ोन से हट जाएगा।
}
account-lock-wait-seconds = { $n ->
    [one] अगली कोशिश से पहले एक सेकंड रुकें।
   *[other] अगली कोशिश से पहले { $n } सेकंड रुकें।
}
account-lock-wait-minutes = अगली कोशिश से पहले { $n } मिनट रुकें।
account-lock-forgotten = PIN भूल गए?
account-lock-wipe-question = साइन आउट करके सब मिटाएँ?
account-lock-wipe-text = भूला हुआ PIN बताया नहीं जा सकता। खाते का सब कुछ इस फ़ोन से हट जाएगा, जो बदलाव नहीं भेजे गए वे भी; सर्वर पर रहेगा। फिर अपने ईमेल और पासवर्ड से साइन इन करें।
