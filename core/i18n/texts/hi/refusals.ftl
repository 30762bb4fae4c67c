# Why something was refused. For each code of the domain's `Refusal`, with hyphens: `refusal-<code>-title` names what happened,
# `refusal-<code>` says why and what can be done. Plain words, no blame.

refusal-invalid-title = कुछ जानकारी फिर देखें
refusal-invalid = जिन खानों पर निशान है उन्हें देखें और फिर कोशिश करें।
refusal-not-allowed-title = आप यह नहीं कर सकते
refusal-not-allowed = आपके खाते को यहाँ इसका अधिकार नहीं है। अगर यह गलत लगे तो क्लिनिक से पूछें।
refusal-not-found-title = यह अब यहाँ नहीं है
refusal-not-found = इसे हटा दिया गया, या यह आपके साथ साझा नहीं है।
refusal-already-exists-title = यह पहले से मौजूद है
refusal-already-exists = यही पहले सहेजा जा चुका है, इसलिए कुछ नया नहीं जोड़ा गया।
refusal-wrong-state-title = इस बीच यह बदल गया है
refusal-wrong-state = आप जो करना चाहते थे वह अब नहीं हो सकता। इसकी मौजूदा स्थिति देखें।
refusal-slot-taken-title = यह समय भर गया
refusal-slot-taken = आपसे ठीक पहले किसी ने इसे बुक कर लिया। कोई और समय चुनें।
refusal-slot-not-offered-title = यह समय बुक नहीं हो सकता
refusal-slot-not-offered = डॉक्टर इस समय उपलब्ध नहीं हैं। कोई और समय चुनें।
refusal-own-overlap-title = उस समय दूसरी मुलाक़ात है
refusal-own-overlap = दो मुलाक़ातें एक साथ नहीं हो सकतीं। कोई और समय चुनें, या पहले दूसरी का समय बदलें।
refusal-hold-expired-title = यह समय जितना हो सका रोका गया
refusal-hold-expired = कुछ देर यह आपके लिए रोका गया था, अब सबके लिए खाली है। आगे बढ़ने के लिए समय चुनें।
refusal-hold-token-title = यह समय अभी बुक हो रहा है
refusal-hold-token = कोई और इसे बुक कर रहा है। कुछ मिनट में यह फिर खाली हो सकता है।
refusal-offer-expired-title = प्रस्ताव का समय निकल गया
refusal-offer-expired = समय पर जवाब नहीं मिला, इसलिए यह अगले व्यक्ति को मिला। आप सूची में बने हुए हैं।
refusal-in-the-past-title = वह समय बीत चुका है
refusal-in-the-past = आगे का कोई समय चुनें।
refusal-too-late-title = इसके लिए देर हो गई
refusal-too-late = यह पहले करना था। अगर आप नहीं आ सकते तो क्लिनिक को फ़ोन करें।
refusal-too-many-title = सीमा पूरी हो गई
refusal-too-many = पहले कुछ पूरा या रद्द करें, फिर कोशिश करें।
refusal-doctor-not-listed-title = इन डॉक्टर को अभी बुक नहीं किया जा सकता
refusal-doctor-not-listed = प्रोफ़ाइल की पुष्टि नहीं हुई या वह रुकी हुई है। पहले से बुक मुलाक़ातें वैसी ही रहेंगी।
refusal-patient-inactive-title = यह फ़ाइल बंद है
refusal-patient-inactive = इसके लिए नई बुकिंग नहीं हो सकती। क्लिनिक से इसे फिर खोलने को कहें।
refusal-account-disabled-title = यह खाता बंद है
refusal-account-disabled = क्लिनिक से कारण और दोबारा खोलने का तरीका पूछें।
refusal-series-blocked-title = सारी तारीखें खाली नहीं हैं
refusal-series-blocked = कम से कम एक तारीख बुक नहीं हो सकती, इसलिए कोई भी बुक नहीं हुई। दूसरी तारीखें चुनें।
refusal-last-super-admin-title = एक प्रशासक ज़रूरी है
refusal-last-super-admin = बाकी सब खाते सँभालने वाला यह आखिरी खाता है। पहले किसी और को चुनें।
refusal-own-rights-title = यह फ़ैसला किसी और का है
refusal-own-rights = कोई अपने अधिकार नहीं बढ़ा सकता और न अपना अनुरोध मंज़ूर कर सकता है। दूसरे प्रशासक से कहें।
refusal-keys-refused-title = कुंजियाँ मेल नहीं खातीं
refusal-keys-refused = वे किसी दूसरे खाते या जगह के लिए बनी थीं, या रास्ते में बिगड़ गईं। कुछ भी सहेजा नहीं गया। ऐप दोबारा खोलकर फिर कोशिश करें।
refusal-keys-moved-title = इस बीच कुछ बदल गया
refusal-keys-moved = इसे कौन पढ़ सकता है या आपका कोई उपकरण, वह पहले बदला गया। फिर कोशिश करें।
refusal-edited-meanwhile-title = किसी और ने इसे बदल दिया
refusal-edited-meanwhile = एक नया रूप सहेजा जा चुका है। उसे देखें, फिर अपना बदलाव दोबारा करें।
refusal-step-up-needed-title = पहले दिखाएँ कि यह आप ही हैं
refusal-step-up-needed = यह नहीं हुआ: इसके लिए फिर से पहचान दिखानी होती है। दोबारा करें।
refusal-depends-on-refused-title = पहले का चरण स्वीकार नहीं हुआ
refusal-depends-on-refused = यह उसी पर टिका है। पहले उसे सुलझाएँ, फिर कोशिश करें।
refusal-id-reused-title = यह ठीक से नहीं भेजा गया
refusal-id-reused = इसी नंबर से कुछ और भेजा गया था। इसे हटाएँ और दोबारा करें।
refusal-too-old-title = यह बहुत देर रुका रहा
refusal-too-old = यह इतना पुराना है कि पता नहीं चल सकता कि लागू हुआ या नहीं। पहले देख लें, ज़रूरत हो तो दोबारा करें।
refusal-unknown-command-title = ऐप को अपडेट करना होगा
refusal-unknown-command = ऐप का यह संस्करण इसके लिए पुराना है। ऐप अपडेट करें, फिर कोशिश करें।

refusal-unknown-title = यह स्वीकार नहीं हुआ
refusal-unknown = क्लिनिक के सिस्टम ने इसे मना किया। फिर कोशिश करें, या क्लिनिक से पूछें।

# The same with what is known of the case.
refusal-own-overlap-detail = { $when } दूसरी मुलाक़ात है। कोई और समय चुनें, या पहले उसका समय बदलें।
refusal-too-late-detail = यह कम से कम { $notice } पहले करना था। अगर आप नहीं आ सकते तो क्लिनिक को फ़ोन करें।
refusal-too-many-detail = एक साथ { $limit } से ज़्यादा नहीं हो सकते। पहले कुछ पूरा या रद्द करें।

# Why a visit cannot start at a time: the codes of the engine's `WhyNot`, with hyphens.
why-not-visit-type-not-offered = डॉक्टर उस समय इस तरह की मुलाक़ात नहीं करते।
why-not-past = यह समय बीत चुका है।
why-not-too-soon = इतनी जल्दी बुकिंग नहीं हो सकती। पहला संभव समय: { $when }।
why-not-beyond-horizon = यह बहुत आगे है। बुकिंग { $date } तक खुली है।
why-not-closed-that-day = उस दिन क्लिनिक बंद है।
why-not-closed = डॉक्टर उस समय मरीज़ नहीं देखते।
why-not-not-on-grid = मुलाक़ात इस समय शुरू नहीं होती। सबसे पास का समय: { $when }।
why-not-on-leave = डॉक्टर उस समय छुट्टी पर हैं।
why-not-taken = यह समय किसी और का है।
why-not-buffer = दो मुलाक़ातों के बीच डॉक्टर को यह समय चाहिए।
why-not-full = इस समूह की सारी जगहें भर गई हैं।
why-not-daily-cap = उस दिन डॉक्टर और मुलाक़ात नहीं लेते।
why-not-no-such-time = उस दिन घड़ी { $time } को छोड़ देती है।
