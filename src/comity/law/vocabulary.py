"""The closed vocabularies of the law: measures, statuses, kinds, channels, grounds."""

from enum import StrEnum


class Measure(StrEnum):
    """What is asked for of the requested state."""

    PRESERVATION = "preservation"
    PARTIAL_DISCLOSURE = "partial_disclosure"
    SUBSCRIBER_INFORMATION = "subscriber_information"
    DOMAIN_REGISTRATION = "domain_registration"
    TRAFFIC_DATA = "traffic_data"
    CONTENT_DATA = "content_data"
    REAL_TIME_TRAFFIC = "real_time_traffic"
    INTERCEPTION = "interception"
    SEARCH_SEIZURE = "search_seizure"
    FREEZING = "freezing"
    CONFISCATION = "confiscation"
    BANK_INFORMATION = "bank_information"
    TESTIMONY = "testimony"
    VIDEO_HEARING = "video_hearing"
    SERVICE_OF_DOCUMENTS = "service_of_documents"
    EXTRADITION = "extradition"
    SPONTANEOUS_INFORMATION = "spontaneous_information"
    JOINT_INVESTIGATION = "joint_investigation"
    TRANSFER_OF_PROCEEDINGS = "transfer_of_proceedings"
    EMERGENCY_DISCLOSURE = "emergency_disclosure"
    TAKEDOWN = "takedown"
    ASSET_RETURN = "asset_return"
    TRANSBORDER_ACCESS = "transborder_access"
    POLICE_INFORMATION = "police_information"
    CONTROLLED_DELIVERY = "controlled_delivery"


class Status(StrEnum):
    """Whether a route can be taken on the date asked about."""

    OPEN = "open"
    CONDITIONAL = "conditional"
    CLOSED = "closed"


class Confidence(StrEnum):
    """How sure a fact is: text or chart read; corroborated; from memory."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


class InstrumentKind(StrEnum):
    """What kind of thing a request can rest on."""

    CONVENTION = "convention"
    PROTOCOL = "protocol"
    EU_ACT = "eu_act"
    SCHEME = "scheme"
    NETWORK = "network"
    ORGANISATION = "organisation"
    COMITY = "comity"
    VOLUNTARY_DISCLOSURE = "voluntary_disclosure"
    MLAT = "mlat"
    EXTRADITION = "extradition"
    EXTRADITION_ARRANGEMENT = "extradition_arrangement"
    AGREEMENT_SUPPLEMENT = "agreement_supplement"
    EXECUTIVE_AGREEMENT = "executive_agreement"
    FRAMEWORK = "framework"
    MOU = "mou"


class Basis(StrEnum):
    """Between whom an instrument works."""

    PARTIES = "parties"  # both states must be bound
    REQUESTED_STATE = "requested_state"  # the requested state's own law is enough
    UNIVERSAL = "universal"  # any two states: letters rogatory, the diplomatic channel


class Absence(StrEnum):
    """What it means that a state has no row in an instrument's table."""

    NOT_PARTY = "not_party"  # the table is complete
    UNKNOWN = "unknown"  # the table is not complete: a missing row proves nothing


class TreatyStatus(StrEnum):
    """What the source says of a bilateral treaty's life."""

    IN_FORCE = "in_force"
    IN_FORCE_LISTED = "in_force_listed"  # listed as operational; the date was not sourced
    SIGNED_ONLY = "signed_only"
    UNKNOWN = "unknown"
    SUSPENDED = "suspended"
    NONBINDING = "nonbinding"
    NOT_IN_FORCE = "not_in_force"


class EndKind(StrEnum):
    """How a participation or a treaty ended."""

    NONE = "none"
    DENOUNCED = "denounced"
    SUSPENDED = "suspended"
    TERMINATED = "terminated"
    REPLACED = "replaced"
    ANNULLED = "annulled"  # a court found it void


class Channel(StrEnum):
    """The way a request travels."""

    CENTRAL_AUTHORITIES = "central_authorities"
    CONTACT_POINTS_24_7 = "contact_points_24_7"
    JUDICIAL_DIRECT = "judicial_direct"
    DIRECT_TO_PROVIDER = "direct_to_provider"
    DIPLOMATIC = "diplomatic"
    POLICE = "police"
    FIU = "fiu"
    INHERITED = "inherited"  # on a provision: the instrument's general channel


class Addressee(StrEnum):
    """To whom a request is addressed in the end."""

    AUTHORITY = "authority"
    PROVIDER = "provider"
    REGISTRAR = "registrar"


class DualCriminality(StrEnum):
    """Whether the conduct must be an offence in the requested state too."""

    REQUIRED = "required"
    MAY_REQUIRE = "may_require"
    DEPENDS = "depends"
    NOT_REQUIRED = "not_required"
    INHERITED = "inherited"  # on a provision: the instrument's general rule


class ScopeOffences(StrEnum):
    """Classes of offences that an instrument reaches."""

    ALL_OFFENCES = "all_offences"
    CYBERCRIME_LISTED = "cybercrime_listed"
    EVIDENCE_IN_ELECTRONIC_FORM = "evidence_in_electronic_form"
    SERIOUS_CRIME_MIN_YEARS = "serious_crime_min_years"
    CORRUPTION = "corruption"
    ORGANISED_CRIME = "organised_crime"


class RefusalGround(StrEnum):
    """Grounds for refusal; the last four mark grounds that may *not* be used or that only delay."""

    SOVEREIGNTY_SECURITY = "sovereignty_security"
    ORDRE_PUBLIC = "ordre_public"
    DUAL_CRIMINALITY_ABSENT = "dual_criminality_absent"
    POLITICAL_OFFENCE = "political_offence"
    MILITARY_OFFENCE = "military_offence"
    NE_BIS_IN_IDEM = "ne_bis_in_idem"
    DISCRIMINATION = "discrimination"
    DATA_PROTECTION = "data_protection"
    FUNDAMENTAL_RIGHTS = "fundamental_rights"
    DE_MINIMIS = "de_minimis"
    NATIONALITY = "nationality"
    AMNESTY_OR_LAPSE = "amnesty_or_lapse"
    DEATH_PENALTY = "death_penalty"
    IMMUNITY_PRIVILEGE = "immunity_privilege"
    FISCAL_NOT_A_GROUND = "fiscal_not_a_ground"
    BANK_SECRECY_NOT_A_GROUND = "bank_secrecy_not_a_ground"
    ONGOING_PROCEEDINGS_POSTPONE = "ongoing_proceedings_postpone"


class ReservationEffect(StrEnum):
    """What a reservation or declaration does to a provision."""

    TO_READ = "to_read"  # nobody has turned it into a rule yet: a person must read it
    NONE = "none"  # it changes nothing about routes
    EXCLUDES = "excludes"  # the provision does not apply
    DUAL_CRIMINALITY = "dual_criminality"  # the conduct must be an offence in the reserving state
    LEAST_PENALTY = "least_penalty"  # only for offences with a maximum penalty of so many years
    LIFE_ASSURANCE = "life_assurance"  # what may carry life imprisonment: only under an assurance against it
    SERIOUS_ONLY = "serious_only"  # only for offences that the reserving state calls serious
    NATIONALITY = "nationality"  # the reserving state does not surrender its own nationals
    NATIONALS_CONSENT = "nationals_consent"  # it surrenders its own nationals only where they agree
    NATIONALS_RETURN = "nationals_return"  # it surrenders its own nationals for trial, to be returned for the sentence
    NATIONALS_SURRENDERED = "nationals_surrendered"  # it surrenders its own nationals as others
    TERRITORY = "territory"  # does not reach some territories


class TimeUnit(StrEnum):
    HOURS = "hours"
    DAYS = "days"
    WORKING_DAYS = "working_days"
    MONTHS = "months"
    YEARS = "years"


class AuthorityRole(StrEnum):
    """What an authority is there for."""

    CENTRAL_AUTHORITY = "central_authority"
    CONTACT_24_7 = "contact_24_7"
    FIU = "fiu"
    INTERPOL_NCB = "interpol_ncb"
    NATIONAL_CERT = "national_cert"


class Fact(StrEnum):
    """Facts of a case that decide a condition; the requested state is the one that would act."""

    NONE = ""  # no fact decides it: a person must check
    EMERGENCY_TO_LIFE = "emergency_to_life"  # an imminent danger to a person's life or safety
    ORGANISED_GROUP = "organised_group"  # grounds to suspect a group of three or more acting for gain
    TRANSNATIONAL = "transnational"  # the offence, its victims, proceeds or evidence touch more than one state
    FOLLOW_UP_INTENDED = "follow_up_intended"  # a request for disclosure will follow the preservation
    TRACE_NEXT_PROVIDER = "trace_next_provider"  # only what identifies the next provider and the path is asked for
    PRESERVATION_REQUESTED = "preservation_requested"  # preservation of the same data was asked for
    DATA_IN_REQUESTED_STATE = "data_in_requested_state"  # the data or communications are on its territory
    PROVIDER_IN_REQUESTED_STATE = "provider_in_requested_state"  # the holder is established there
    PROVIDER_REFUSED = "provider_refused"  # the provider did not comply with an order or request
    SPECIFIC_IDENTIFIER = "specific_identifier"  # a person, account, address or device is named
    CONSENT_OF_DATA_HOLDER = "consent_of_data_holder"  # who may lawfully disclose agrees freely
    CONSENT_OF_PERSON = "consent_of_person"  # the person to be heard, transferred or surrendered agrees
    PUBLICLY_AVAILABLE = "publicly_available"  # the data are open to everybody
    DOMESTIC_ORDER_ISSUED = "domestic_order_issued"  # a judge, court or prosecutor issued or validated the order
    AVAILABLE_IN_DOMESTIC_CASE = "available_in_domestic_case"  # the requested state's law allows it in a like case
    NECESSARY_AND_PROPORTIONATE = "necessary_and_proportionate"  # so found by the issuing authority
    PROBABLE_CAUSE_SHOWN = "probable_cause_shown"  # the facts meet the standard of a US search warrant
    ARTICULABLE_FACTS_SHOWN = "articulable_facts_shown"  # the facts meet the standard of 18 USC 2703(d)
    JOINT_AGREEMENT = "joint_agreement"  # both states agreed on this act in this case
    RECIPROCITY_ASSURED = "reciprocity_assured"  # the requesting state assures the like in return
    CONVENTION_AS_BASIS = "convention_as_basis"  # the requested state takes a convention for the treaty that it needs
    OTHER_LEGAL_BASIS = "other_legal_basis"  # another instrument or the requested state's law carries the measure
    TARGET_IN_REQUESTING_STATE = "target_in_requesting_state"  # the person sought resides there
    TARGET_FOREIGN_TO_REQUESTED_STATE = "target_foreign_to_requested_state"  # neither its national nor present there
    PERSON_IN_REQUESTED_STATE = "person_in_requested_state"  # the person sought is there
    EXTRADITION_REQUESTED = "extradition_requested"  # the surrender of the person is asked for as well
    FINAL_JUDGMENT = "final_judgment"  # a final judgment of the requesting state
    DEATH_PENALTY_ASSURED = "death_penalty_assured"  # an assurance against the death penalty is given
    LIFE_SENTENCE_ASSURED = "life_sentence_assured"  # an assurance against imprisonment for life is given
    PERSON_IS_NATIONAL_THERE = "person_is_national_there"  # the person sought is a national of the requested state
    PRIOR_JUDGMENT = "prior_judgment"  # the person was already convicted or acquitted for the same facts
    POLITICAL_CHARACTER = "political_character"  # the offence is political or connected with a political one
    MILITARY_CHARACTER = "military_character"  # the offence exists in military law only
    PRIVILEGED_HOLDER = "privileged_holder"  # the data are held for a lawyer, the press or an immune person
    SMALL_LOSS = "small_loss"  # the whole loss is small by the requested state's policy
    LAPSED = "lapsed"  # limitation or amnesty in either state
    PROCEEDINGS_THERE = "proceedings_there"  # the requested state has proceedings on the same facts
    KEPT_AS_EVIDENCE = "kept_as_evidence"  # what is to be held is wanted as evidence and not for confiscation
    CONFISCATION_EXECUTED = "confiscation_executed"  # the property was confiscated at the requesting state's wish
