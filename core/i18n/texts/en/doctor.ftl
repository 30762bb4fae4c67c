# Texts of the doctor's app. Keys begin with `doctor-`.
