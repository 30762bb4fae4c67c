//! Rust sources as tokens: what stands in strings and comments is not mistaken for code.

use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};

/// The tokens of a file; none when it does not parse (the compiler says so better).
pub fn tokens(text: &str) -> Option<TokenStream> {
    text.parse().ok()
}

/// Calls `look` with every token and those after it on the same level, groups and what is in them included.
pub fn walk(stream: TokenStream, look: &mut impl FnMut(&[TokenTree])) {
    let trees: Vec<TokenTree> = stream.into_iter().collect();
    for (n, tree) in trees.iter().enumerate() {
        look(&trees[n..]);
        if let TokenTree::Group(group) = tree {
            walk(group.stream(), look);
        }
    }
}

/// The line a token begins on, from 1.
pub fn line(tree: &TokenTree) -> usize {
    tree.span().start().line
}

/// The name, if the token is one.
pub fn name(tree: Option<&TokenTree>) -> Option<String> {
    match tree? {
        TokenTree::Ident(ident) => Some(ident.to_string()),
        _ => None,
    }
}

/// Whether the token is this sign.
pub fn is_sign(tree: Option<&TokenTree>, sign: char) -> bool {
    matches!(tree, Some(TokenTree::Punct(punct)) if punct.as_char() == sign)
}

/// The group in these brackets, if the token is one.
pub fn group(tree: Option<&TokenTree>, brackets: Delimiter) -> Option<&Group> {
    match tree? {
        TokenTree::Group(group) if group.delimiter() == brackets => Some(group),
        _ => None,
    }
}

/// A function with a body.
#[derive(Debug, PartialEq)]
pub struct Function {
    /// Its name.
    pub name: String,
    /// The line of `fn`.
    pub line: usize,
    /// From `fn` to the closing bracket.
    pub lines: usize,
}

/// All functions of a file, nested ones and those of macros too.
pub fn functions(stream: TokenStream) -> Vec<Function> {
    let mut found = Vec::new();
    walk(stream, &mut |trees| {
        if name(trees.first()).as_deref() != Some("fn") {
            return;
        }
        let Some(name) = name(trees.get(1)) else { return };
        let mut rest = trees[2..].iter().take_while(|tree| !is_sign(Some(tree), ';'));
        if let Some(body) = rest.find_map(|tree| group(Some(tree), Delimiter::Brace)) {
            let line = line(&trees[0]);
            found.push(Function { name, line, lines: body.span_close().end().line - line + 1 });
        }
    });
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn functions_are_measured_from_their_first_to_their_last_line() {
        let text = "trait T {\n    fn no_body();\n}\nfn a(f: fn(u8)) -> u8 {\n    fn inner() {}\n    1\n}\n// fn not_one() {}\n";
        let found = functions(tokens(text).unwrap());
        assert_eq!(
            found,
            [
                Function { name: "a".into(), line: 4, lines: 4 },
                Function { name: "inner".into(), line: 5, lines: 1 }
            ]
        );
    }
}
