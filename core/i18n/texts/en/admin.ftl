# Texts of the admin desktop. Keys begin with `admin-`.
