# Texts of the patient's app. Keys begin with `patient-`.
