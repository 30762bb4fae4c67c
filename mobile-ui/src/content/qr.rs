//! A QR code, drawn here: what it holds leaves the device only through the eye of a camera.

use dioxus::prelude::*;
use qrcode::{Color, EcLevel, QrCode as Encoded};

/// Modules that stay white around the code, as ISO/IEC 18004 wants them.
const MARGIN: usize = 4;

/// `text` as a QR code, dark on white in every theme, for cameras need it so. `label` says to assistive technology what it is
/// for. Nothing is drawn where the text is too long for one.
#[component]
pub fn QrCode(text: String, label: String) -> Element {
    let Ok(code) = Encoded::with_error_correction_level(&text, EcLevel::M) else { return rsx! {} };
    let size = code.width() + 2 * MARGIN;
    rsx! {
        svg { class: "qr-code", role: "img", "aria-label": label, view_box: "0 0 {size} {size}", "shape-rendering": "crispEdges",
            rect { width: "{size}", height: "{size}", fill: "#fff" }
            path { d: outline(&code), fill: "#000" }
        }
    }
}

/// One rectangle for each run of dark modules in a row.
fn outline(code: &Encoded) -> String {
    let width = code.width();
    let mut path = String::new();
    for (y, row) in code.to_colors().chunks(width).enumerate() {
        let mut x = 0;
        for run in row.chunk_by(|one, next| one == next) {
            if run[0] == Color::Dark {
                let (left, top, long) = (x + MARGIN, y + MARGIN, run.len());
                path.push_str(&format!("M{left} {top}h{long}v1h-{long}z"));
            }
            x += run.len();
        }
    }
    path
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_dark_module_is_drawn_and_no_light_one() {
        let code =
            Encoded::new("otpauth://totp/Clinic:asha@example.org?secret=JBSWY3DPEHPK3PXP").expect("it fits");
        let dark = code.to_colors().iter().filter(|colour| **colour == Color::Dark).count();
        let drawn: usize = outline(&code)
            .split('z')
            .filter_map(|run| run.split_once('h')?.1.split_once('v')?.0.parse::<usize>().ok())
            .sum();
        assert_eq!(drawn, dark);
        // The finder pattern in the corner begins with seven dark modules.
        assert!(outline(&code).starts_with("M4 4h7v1h-7z"));
    }
}
