/// The language codes that MITx Online knows: all two-letter codes and a few with a region.
enum LanguageTable {
    /// The name of each code.
    static let labels = [
        "aa": "Afar", "ab": "Abkhazian", "ae": "Avestan", "af": "Afrikaans", "af_ZA": "Afrikaans - South Africa",
        "ak": "Akan", "am": "Amharic", "an": "Aragonese", "ar": "Arabic", "as": "Assamese", "av": "Avaric",
        "ay": "Aymara", "az": "Azerbaijani", "ba": "Bashkir", "be": "Belarusian", "bg": "Bulgarian", "bi": "Bislama",
        "bm": "Bambara", "bn": "Bengali", "bo": "Tibetan", "br": "Breton", "bs": "Bosnian", "ca": "Catalan",
        "ce": "Chechen", "ch": "Chamorro", "co": "Corsican", "cr": "Cree", "cs": "Czech", "cu": "Church Slavic",
        "cv": "Chuvash", "cy": "Welsh", "da": "Danish", "de": "German", "de_DE": "Deutsch - Deutschland",
        "dv": "Divehi", "dz": "Dzongkha", "ee": "Ewe", "el": "Greek", "en": "English", "eo": "Esperanto",
        "es": "Spanish", "es_419": "Spanish - LATAM", "es_ES": "Spanish - España", "et": "Estonian", "eu": "Basque",
        "fa": "Persian", "ff": "Fulah", "fi": "Finnish", "fj": "Fijian", "fo": "Faroese", "fr": "French",
        "fr_CA": "French - Canada", "fy": "Western Frisian", "ga": "Irish", "gd": "Scottish Gaelic", "gl": "Galician",
        "gn": "Guarani", "gu": "Gujarati", "gv": "Manx", "ha": "Hausa", "he": "Hebrew", "hi": "Hindi",
        "ho": "Hiri Motu", "hr": "Croatian", "ht": "Haitian", "hu": "Hungarian", "hy": "Armenian", "hz": "Herero",
        "ia": "Interlingua", "id": "Indonesian", "ie": "Interlingue", "ig": "Igbo", "ii": "Sichuan Yi",
        "ik": "Inupiaq", "io": "Ido", "is": "Icelandic", "it": "Italian", "it_IT": "Italian - Italy",
        "iu": "Inuktitut", "ja": "Japanese", "jv": "Javanese", "ka": "Georgian", "kg": "Kongo", "ki": "Kikuyu",
        "kj": "Kuanyama", "kk": "Kazakh", "kl": "Kalaallisut", "km": "Khmer", "kn": "Kannada", "ko": "Korean",
        "kr": "Kanuri", "ks": "Kashmiri", "ku": "Kurdish", "kv": "Komi", "kw": "Cornish", "ky": "Kirghiz",
        "la": "Latin", "lb": "Luxembourgish", "lg": "Ganda", "li": "Limburgan", "ln": "Lingala", "lo": "Lao",
        "lt": "Lithuanian", "lu": "Luba-Katanga", "lv": "Latvian", "mg": "Malagasy", "mh": "Marshallese",
        "mi": "Maori", "mk": "Macedonian", "ml": "Malayalam", "mn": "Mongolian", "mr": "Marathi", "ms": "Malay",
        "mt": "Maltese", "my": "Burmese", "na": "Nauru", "nb": "Norwegian Bokmål", "nd": "North Ndebele",
        "ne": "Nepali", "ng": "Ndonga", "nl": "Dutch", "nn": "Norwegian Nynorsk", "no": "Norwegian",
        "nr": "South Ndebele", "nv": "Navajo", "ny": "Chichewa", "oc": "Occitan", "oj": "Ojibwa", "om": "Oromo",
        "or": "Oriya", "os": "Ossetian", "pa": "Panjabi", "pi": "Pali", "pl": "Polish", "ps": "Pushto",
        "pt": "Portuguese", "pt_BR": "Portuguese - Brazil", "pt_PT": "Portuguese - Portugal", "qu": "Quechua",
        "rm": "Romansh", "rn": "Rundi", "ro": "Romanian", "ru": "Russian", "rw": "Kinyarwanda", "sa": "Sanskrit",
        "sc": "Sardinian", "sd": "Sindhi", "se": "Northern Sami", "sg": "Sango", "sh": "Serbo-Croatian",
        "si": "Sinhala", "sk": "Slovak", "sl": "Slovenian", "sm": "Samoan", "sn": "Shona", "so": "Somali",
        "sq": "Albanian", "sr": "Serbian", "ss": "Swati", "st": "Southern Sotho", "su": "Sundanese", "sv": "Swedish",
        "sw": "Swahili", "ta": "Tamil", "te": "Telugu", "tg": "Tajik", "th": "Thai", "ti": "Tigrinya",
        "tk": "Turkmen", "tl": "Tagalog", "tn": "Tswana", "to": "Tonga", "tr": "Turkish",
        "tr_TR": "Turkish - Türkiye", "ts": "Tsonga", "tt": "Tatar", "tw": "Twi", "ty": "Tahitian", "ug": "Uighur",
        "uk": "Ukrainian", "ur": "Urdu", "uz": "Uzbek", "ve": "Venda", "vi": "Vietnamese", "vo": "Volapük",
        "wa": "Walloon", "wo": "Wolof", "xh": "Xhosa", "yi": "Yiddish", "yo": "Yoruba", "za": "Zhuang",
        "zh": "Chinese", "zh_CN": "Chinese", "zh_HANS": "Chinese - Simplified", "zh_HK": "Chinese - Hong Kong",
        "zu": "Zulu",
    ]

    /// The existing application's names where they differ: misspelt, or those of a minor language called `En`, `Hu` …
    static let compatible = [
        "ak": "Ak", "as": "As", "el": "Modern Greek (1453-)", "en": "En", "es_419": "Spanisn - LATAM", "ga": "Ga",
        "ha": "Ha", "ho": "Ho", "hu": "Hu", "ia": "Interlingua (International Auxiliary Language Association)",
        "ik": "Ik", "ko": "Ko", "ms": "Malay (macrolanguage)", "na": "Na", "ne": "Nepali (macrolanguage)",
        "oc": "Occitan (post 1500)", "or": "Oriya (macrolanguage)", "pt_BR": "Portugese - Brazil",
        "pt_PT": "Portugese - Portugal", "sa": "Sa", "sw": "Swahili (macrolanguage)", "to": "To", "wa": "Wa",
    ]
}
