//! What opening an account demands of everyone.

/// Characters of a password, as the server demands; it also refuses those known from breaches.
pub const SHORTEST_PASSWORD: usize = 10;

/// As much as can be told without sending a message there.
pub fn is_email(text: &str) -> bool {
    let text = text.trim();
    text.len() <= 254
        && !text.contains(char::is_whitespace)
        && text.split_once('@').is_some_and(|(name, host)| {
            !name.is_empty()
                && host.contains('.')
                && !host.starts_with('.')
                && !host.ends_with('.')
                && !host.contains('@')
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_of_mail_are_told_from_other_words() {
        assert!(is_email("mina@example.org") && is_email(" mina@example.org "));
        assert!(
            !is_email("mina")
                && !is_email("mina@example")
                && !is_email("a b@example.org")
                && !is_email("@e.org")
        );
    }
}
