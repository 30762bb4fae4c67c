# The audit in the admin app.

admin-nav-audit = लेखा
admin-audit-about-text = लोगों ने जो किया, करने की कोशिश की, या देखा, वह सब। सर्वर नई पंक्तियों को लगभग हर सेकंड मुहरबंद करता है, ताकि कोई किसी पंक्ति को चुपके से बदल या हटा न सके।
admin-audit-check = लेखा जाँचें
admin-audit-whole = सब वैसा ही है जैसा लिखा गया था
admin-audit-whole-text = { $lines ->
    [one] { $lines } पंक्ति
   *[other] { $lines } पंक्तियाँ
}, { $seals ->
    [one] { $seals } मुहर
   *[other] { $seals } मुहरें
} जाँची गईं।
admin-audit-head = सबसे नई मुहर { $number } है, { $at } की।
admin-audit-broken = { $n ->
    [one] लेखा वैसा नहीं है जैसा लिखा गया था: { $n } बात मिली
   *[other] लेखा वैसा नहीं है जैसा लिखा गया था: { $n } बातें मिलीं
}
admin-audit-broken-text = किसी की पहुँच सीधे डेटाबेस तक थी। उसकी अभी की नक़ल रखें और सर्वर चलाने वाले से बात करें।
admin-audit-found-seal-missing = मुहर { $seal } ग़ायब है।
admin-audit-found-seal-forged = मुहर { $seal } इस संस्थापन की बनाई हुई नहीं है।
admin-audit-found-lines-missing = { $after } के बाद { $until } तक की { $count } पंक्तियाँ ग़ायब हैं (मुहर { $seal })।
admin-audit-found-lines-added = पंक्ति { $after } के बाद { $until } तक { $count } पंक्तियाँ बीच में डाली गईं (मुहर { $seal })।
admin-audit-found-lines-changed = { $after } के बाद { $until } तक की कोई पंक्ति मुहर के समय से अलग है, या अपनी जगह से हटाई गई (मुहर { $seal })।
admin-audit-found-never-sealed = { $after } के बाद की { $count } पंक्तियाँ कभी मुहरबंद नहीं हुईं।
admin-audit-found-shortened = लेखा मुहर { $kept } से पहले ख़त्म होता है, जो कहीं और रखी है।
admin-audit-found-rewritten = मुहर { $kept } वह नहीं है जो कहीं और रखी है।
admin-audit-found-foreign-witness = कहीं और रखी मुहर { $kept } इस संस्थापन की नहीं है।
admin-audit-area = क्षेत्र
admin-audit-area-auth = साइन इन
admin-audit-area-read = देखा गया
admin-audit-area-gate = लौटाए गए
admin-audit-area-accounts = खाते
admin-audit-area-appointments = मुलाक़ातें
admin-audit-area-consultations = अनुरोध
admin-audit-area-directory = डॉक्टर और क्लिनिक
admin-audit-area-profiles = मरीज़ों की फ़ाइलें
admin-audit-area-scheduling = समय-सारणी
admin-audit-area-vaults = इतिहास कौन पढ़ सकता है
admin-audit-area-history = चिकित्सा इतिहास
admin-audit-at = कब
admin-audit-who = कौन
admin-audit-what = क्या
admin-audit-about = किसके बारे में
admin-audit-outcome = परिणाम
admin-audit-outcome-accepted = हुआ
admin-audit-outcome-refused = अस्वीकृत
admin-audit-number = पंक्ति
admin-audit-actor = खाता
admin-audit-command = नाम
admin-audit-all-of-actor = इस खाते का सब
admin-audit-all-about = इसके बारे में सब
admin-outcome-not-allowed = इस भूमिका को अनुमति नहीं
admin-outcome-not-found = उनका नहीं, या है ही नहीं
admin-outcome-step-up-needed = पहले पहचान फिर से सिद्ध करनी थी
admin-outcome-second-factor-needed = दूसरा प्रमाण नहीं था
admin-outcome-scope-missing = टोकन इसके लिए नहीं है
admin-tried-gate = { $address } से लौटाया गया
admin-did-read-accounts = खाते देखे
admin-did-read-doubles = दोहरी फ़ाइलें ढूँढीं
admin-did-read-patient = मरीज़ की फ़ाइल देखी
admin-did-read-patient-links = देखा कि मरीज़ की ओर से कौन काम करता है
admin-did-read-patients = मरीज़ों की सूची देखी
admin-did-read-request = एक अनुरोध देखा
admin-did-read-requests = अनुरोध देखे
admin-did-read-visit = एक मुलाक़ात देखी
admin-did-read-visits = मुलाक़ातें देखीं
admin-did-read-waitlist = प्रतीक्षा सूची देखी
admin-did-read-waitlist-place = प्रतीक्षा सूची की एक जगह देखी
