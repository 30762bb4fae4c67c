//! The pictures on controls, named by what they mean here and drawn from the Lucide set.

use dioxus::prelude::*;
use dioxus_free_icons::{Icon as Drawn, icons::ld_icons as lucide};

macro_rules! glyphs {
    ($($name:ident = $drawing:ident),* $(,)?) => {
        /// A picture by its meaning.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Glyph { $($name),* }

        fn drawing(glyph: Glyph, class: String) -> Element {
            match glyph {
                $(Glyph::$name => rsx! {
                    Drawn { icon: lucide::$drawing, width: None, height: None, class }
                }),*
            }
        }
    };
}

glyphs! {
    Account = LdUserRound, Add = LdPlus, Alert = LdTriangleAlert, Back = LdArrowLeft, Bell = LdBell, Block = LdCoffee,
    Building = LdBuilding2, Calendar = LdCalendarDays, CalendarAdd = LdCalendarPlus, CalendarCheck = LdCalendarCheck,
    CalendarMove = LdCalendarClock, CalendarOff = LdCalendarX, Chat = LdMessageCircle, Check = LdCheck,
    CheckedIn = LdUserCheck, Clear = LdX, Clock = LdClock, Close = LdX, Copy = LdCopy, Delete = LdTrash2,
    Device = LdSmartphone, Directions = LdNavigation, Discard = LdTrash2, Document = LdFileText, Done = LdCircleCheck,
    Down = LdChevronDown, Download = LdDownload, Edit = LdPencil, Error = LdCircleAlert, Filter = LdSlidersHorizontal,
    Heart = LdHeart, Health = LdHeartPulse, Hide = LdEyeOff, History = LdHistory, Home = LdHome, Hospital = LdHospital,
    Inbox = LdInbox, Info = LdInfo, Key = LdKeyRound, Language = LdLanguages, Leave = LdTreePalm, List = LdClipboardList,
    Lock = LdLock, Mail = LdMail, Money = LdWallet, Moon = LdMoon, More = LdEllipsis, Next = LdChevronRight,
    NoShow = LdUserX, Offline = LdCloudOff, People = LdUsersRound, Phone = LdPhone, Pin = LdMapPin,
    Previous = LdChevronLeft, Refused = LdCircleX, Remove = LdMinus, Repeat = LdRepeat, Retry = LdRefreshCw,
    Search = LdSearch, Send = LdSend, Settings = LdSettings, Share = LdShare2, Shield = LdShieldCheck, Show = LdEye,
    SignOut = LdLogOut, Sort = LdArrowUpDown, Star = LdStar, Start = LdPlay, Stethoscope = LdStethoscope, Sun = LdSun,
    TextSize = LdALargeSmall, Undo = LdUndo2, Upload = LdCloudUpload, Verified = LdBadgeCheck, Video = LdVideo,
    Waiting = LdHourglass, ZoomIn = LdZoomIn, ZoomOut = LdZoomOut,
}

impl Glyph {
    /// Whether it points along the line of reading and must turn around in right-to-left languages.
    fn directional(self) -> bool {
        matches!(self, Self::Back | Self::Next | Self::Previous | Self::Send | Self::SignOut | Self::Undo)
    }
}

/// A picture beside words or inside a named control; hidden from assistive technology. As large as the text.
#[component]
pub fn Icon(glyph: Glyph) -> Element {
    let class = if glyph.directional() { "icon icon--directional" } else { "icon" };
    rsx! {
        span { class: "icon-holder", aria_hidden: "true", {drawing(glyph, class.to_owned())} }
    }
}
