//! Invented names and texts.

pub const GIVEN: &[&str] = &[
    "Aarav", "Aditi", "Aisha", "Alice", "Amelia", "Amit", "Anika", "Anil", "Anna", "Arjun", "Asha", "Ben", "Carlos",
    "Chitra", "Clara", "Daniel", "Deepa", "Dev", "Divya", "Elena", "Emma", "Farah", "Farid", "Fiona", "Gaurav", "George",
    "Grace", "Hannah", "Harish", "Helen", "Imran", "Isha", "Jack", "James", "Jaya", "Karan", "Kavita", "Kiran", "Laila",
    "Leo", "Lily", "Lucas", "Manish", "Maria", "Maya", "Meera", "Mohan", "Nadia", "Neha", "Nikhil", "Nina", "Noah", "Olivia",
    "Omar", "Oscar", "Pooja", "Priya", "Rahul", "Rajesh", "Ravi", "Rosa", "Ruth", "Sam", "Sana", "Sanjay", "Sara", "Shreya",
    "Simon", "Sofia", "Sunita", "Tara", "Thomas", "Uma", "Varun", "Vikram", "Yara", "Yusuf", "Zara", "Zoe",
];

pub const FAMILY: &[&str] = &[
    "Adeyemi", "Agarwal", "Ahmed", "Ali", "Banerjee", "Barker", "Bhatt", "Bose", "Brown", "Carter", "Chandra", "Chopra",
    "Clarke", "Costa", "Das", "Desai", "Dixon", "Edwards", "Evans", "Fernandes", "Foster", "Gandhi", "Garcia", "Ghosh",
    "Gill", "Gray", "Gupta", "Hall", "Hassan", "Hughes", "Hussain", "Iyer", "Jain", "Johnson", "Jones", "Joshi", "Kapoor",
    "Khan", "Kulkarni", "Kumar", "Lewis", "Lopez", "Malhotra", "Marsh", "Martin", "Mehta", "Menon", "Mishra", "Mitchell",
    "Moore", "Nair", "Naidu", "Okafor", "Patel", "Pereira", "Pillai", "Rao", "Reddy", "Roberts", "Rossi", "Roy", "Saxena",
    "Shah", "Sharma", "Singh", "Smith", "Taylor", "Thomas", "Turner", "Varma", "Walker", "Webb", "Wilson", "Wood", "Young",
];

pub const STREETS: &[&str] =
    &["Mill Lane", "Station Road", "Park View", "Lake Street", "Hill Road", "Garden Walk", "Market Street", "Temple Road"];

pub const EDUCATION: &[&str] = &[
    "Medical degree, Seth Lakshmi Medical College",
    "Medical degree, Northbridge University",
    "Medical degree, Harbour City School of Medicine",
    "Residency, St. Brendan's Hospital",
    "Residency, Riverside General Hospital",
    "Fellowship, Institute of Clinical Medicine",
];

pub const ABOUT: &[&str] = &[
    "I take time to listen first and explain what I find in plain words. Together we decide what to do next.",
    "My practice is about prevention as much as cure. Bring your questions; a list helps us both.",
    "I work closely with family doctors and specialists so that nothing is examined twice.",
    "Patients tell me they value short waits and clear answers. I do my best to offer both.",
    "I see children and adults, and I am happy to speak with family members you bring along.",
];

/// Texts of reviews that give this many stars.
pub fn reviews(stars: u8) -> &'static [&'static str] {
    match stars {
        5 => &[
            "Explained everything calmly and took my worries seriously.",
            "On time, friendly, and I understood what to do next.",
            "The best visit I have had in years. Thank you.",
            "Kind with my mother and very thorough.",
        ],
        4 => &[
            "Very good advice. The waiting room was a little full.",
            "Friendly and competent, would come again.",
            "Clear explanations; I would have liked five minutes more.",
        ],
        3 => &["All right, but I waited for half an hour.", "Helpful, though it felt rushed."],
        2 => &["Waited long and the visit was short.", "I had hoped for clearer answers."],
        _ => &["I was moved twice and nobody called me.", "Not what I expected."],
    }
}
