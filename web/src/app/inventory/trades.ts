import type { FieldKind, Label } from '@/api';

/** A part of the dealings with a customer: the keys of `work_item.area`, in the order in which they come about. */
export const areas = ['find', 'deal', 'order', 'deliver', 'bill', 'care', 'claim', 'office'] as const;
export type Area = (typeof areas)[number];
export type Often = 'daily' | 'weekly' | 'monthly' | 'yearly' | 'asked';

/** One piece of present work, as a firm of the trade usually does it. */
export interface UsualWork {
  name: Label;
  area: Area;
  people: Label;
  tools: string[];
  often: Often;
  minutes: number;
}
export interface FieldIdea {
  object: string;
  label: Label;
  kind: FieldKind;
  help: Label;
  options?: Label[];
  in_list?: boolean;
}
export interface ObjectIdea {
  /** Of the new object, for its fields. */
  key: string;
  label: Label;
  icon: string;
  links: string[];
  why: Label;
  fields: Omit<FieldIdea, 'object'>[];
}
export interface Trade {
  key: string;
  icon: string;
  label: Label;
  /** What the trade calls an object. */
  words: { object: string; label: Label }[];
  /** Objects that a firm of the trade seldom needs. */
  seldom: string[];
  /** What the trade calls the stages of a deal, by their keys. */
  stages: Record<string, Label>;
  fields: FieldIdea[];
  objects: ObjectIdea[];
  works: UsualWork[];
}

const l = (ja: string, en: string): Label => ({ ja, en });
const sales = l('営業', 'Sales');
const office = l('事務', 'Office');
const chief = l('社長', 'Owner');
const shop = l('店長・スタッフ', 'Shop staff');

const work = (
  name: Label,
  area: Area,
  people: Label,
  tools: string[],
  often: Often,
  minutes: number,
): UsualWork => ({ name, area, people, tools, often, minutes });

const meishi = work(l('名刺の整理', 'Filing business cards'), 'find', sales, ['paper'], 'weekly', 30);
const complaints = work(
  l('問い合わせ・苦情の対応', 'Answering inquiries and complaints'),
  'claim',
  office,
  ['phone', 'head'],
  'daily',
  20,
);
const invoices = work(
  l('請求書を出す', 'Sending invoices'),
  'bill',
  office,
  ['excel', 'software'],
  'monthly',
  240,
);

const house: ObjectIdea = {
  key: 'c_house',
  label: l('物件', 'Property'),
  icon: 'home',
  links: ['company', 'person'],
  why: l('物件ごとに、持ち主・借り主と経緯を残すため', 'To keep owner, tenant and story of each property'),
  fields: [
    {
      label: l('所在地', 'Address'),
      kind: 'text',
      help: l('案内や査定で迷わないため', 'To find it'),
      in_list: true,
    },
    {
      label: l('物件の種別', 'Type'),
      kind: 'choice',
      help: l('探している人と引き合わせるため', 'To match it with who looks for one'),
      options: [
        l('マンション', 'Apartment'),
        l('一戸建て', 'House'),
        l('土地', 'Land'),
        l('店舗・事務所', 'Shop or office'),
      ],
      in_list: true,
    },
    {
      label: l('価格・賃料', 'Price or rent'),
      kind: 'money',
      help: l('予算の合う人に出すため', 'To offer it to whom it suits'),
      in_list: true,
    },
    { label: l('面積（㎡）', 'Area (m²)'), kind: 'decimal', help: l('広さで探すため', 'To search by size') },
    { label: l('間取り', 'Layout'), kind: 'text', help: l('希望と合わせるため', 'To match wishes') },
  ],
};
const machine: ObjectIdea = {
  key: 'c_machine',
  label: l('納入設備', 'Installed machine'),
  icon: 'tool',
  links: ['company'],
  why: l('納めた機械ごとに、点検と部品の話を残すため', 'To keep service and parts of each machine'),
  fields: [
    {
      label: l('型式', 'Model'),
      kind: 'text',
      help: l('部品の問い合わせに答えるため', 'To answer for parts'),
      in_list: true,
    },
    {
      label: l('製造番号', 'Serial number'),
      kind: 'text',
      help: l('その 1 台を見分けるため', 'To tell it from others'),
      in_list: true,
    },
    {
      label: l('納入日', 'Delivered on'),
      kind: 'date',
      help: l('入れ替えの時期を知るため', 'To know when it will be replaced'),
      in_list: true,
    },
    {
      label: l('次の点検日', 'Next service'),
      kind: 'date',
      help: l('点検のご案内を忘れないため', 'To offer service in time'),
      in_list: true,
    },
  ],
};
const reservation: ObjectIdea = {
  key: 'c_reservation',
  label: l('予約', 'Reservation'),
  icon: 'calendar',
  links: ['person', 'company'],
  why: l('ご予約の好みと人数を、次のご来店に生かすため', 'To remember what guests like'),
  fields: [
    {
      label: l('来店日', 'Date'),
      kind: 'date',
      help: l('その日の準備をするため', 'To prepare the day'),
      in_list: true,
    },
    {
      label: l('人数', 'Guests'),
      kind: 'integer',
      help: l('席を用意するため', 'To keep seats'),
      in_list: true,
    },
    {
      label: l('用途', 'Occasion'),
      kind: 'choice',
      help: l('合ったおもてなしをするため', 'To host accordingly'),
      options: [
        l('接待', 'Business'),
        l('宴会', 'Party'),
        l('記念日', 'Anniversary'),
        l('ふだん使い', 'Everyday'),
      ],
      in_list: true,
    },
  ],
};
const matter: ObjectIdea = {
  key: 'c_matter',
  label: l('受任案件', 'Matter'),
  icon: 'file-text',
  links: ['company', 'person'],
  why: l('案件ごとに、期日と経緯を残すため', 'To keep dates and story of each matter'),
  fields: [
    {
      label: l('種別', 'Type'),
      kind: 'choice',
      help: l('担当を決めるため', 'To assign it'),
      options: [
        l('顧問', 'Retainer'),
        l('申告・届出', 'Filing'),
        l('相続', 'Succession'),
        l('紛争', 'Dispute'),
        l('相談', 'Consultation'),
      ],
      in_list: true,
    },
    { label: l('期限', 'Due'), kind: 'date', help: l('期限を過ぎないため', 'To be in time'), in_list: true },
    { label: l('報酬', 'Fee'), kind: 'money', help: l('見込みを立てるため', 'To plan'), in_list: true },
  ],
};
const user: ObjectIdea = {
  key: 'c_service',
  label: l('利用サービス', 'Service in use'),
  icon: 'heart',
  links: ['person'],
  why: l('ご利用ごとに、期間と気をつけることを残すため', 'To keep period and cautions of each service'),
  fields: [
    {
      label: l('サービスの種別', 'Type'),
      kind: 'choice',
      help: l('担当を決めるため', 'To assign it'),
      options: [
        l('訪問', 'Visit'),
        l('通所', 'Day service'),
        l('入所', 'Residential'),
        l('外来', 'Outpatient'),
      ],
      in_list: true,
    },
    {
      label: l('開始日', 'Since'),
      kind: 'date',
      help: l('経過を知るため', 'To know the course'),
      in_list: true,
    },
    {
      label: l('次の見直し日', 'Next review'),
      kind: 'date',
      help: l('見直しを忘れないため', 'To review in time'),
      in_list: true,
    },
    {
      label: l('気をつけること', 'Cautions'),
      kind: 'long_text',
      help: l('だれが伺っても安全なように', 'So that whoever comes is safe'),
    },
  ],
};

export const trades: readonly Trade[] = [
  {
    key: 'manufacturing',
    icon: 'tool',
    label: l('製造', 'Manufacturing'),
    words: [{ object: 'deal', label: l('引合', 'Request') }],
    seldom: ['life_event', 'investment'],
    stages: {
      lead: l('引合', 'Request'),
      hearing: l('仕様の打ち合わせ', 'Specification'),
      proposing: l('試作', 'Prototype'),
    },
    fields: [
      {
        object: 'company',
        label: l('図面の保管先', 'Drawings'),
        kind: 'text',
        help: l('再注文のとき、すぐ図面を出すため', 'To find drawings at a repeat order'),
      },
      {
        object: 'deal',
        label: l('希望納期', 'Wanted by'),
        kind: 'date',
        help: l('工程に間に合うかを見るため', 'To see whether it fits the plan'),
        in_list: true,
      },
      {
        object: 'deal',
        label: l('ロット数', 'Lot size'),
        kind: 'integer',
        help: l('単価と工程を決めるため', 'To price and plan'),
      },
    ],
    objects: [machine],
    works: [
      meishi,
      work(l('引合の打ち合わせ', 'Talking over requests'), 'deal', sales, ['paper', 'phone'], 'weekly', 60),
      work(l('見積書を作る', 'Making quotes'), 'order', sales, ['excel'], 'daily', 40),
      work(
        l('納期の問い合わせに答える', 'Answering for delivery dates'),
        'deliver',
        l('営業・工場', 'Sales, plant'),
        ['phone', 'head'],
        'daily',
        20,
      ),
      work(l('納入後の点検の案内', 'Offering service'), 'care', sales, ['paper', 'head'], 'monthly', 60),
      complaints,
      invoices,
    ],
  },
  {
    key: 'wholesale',
    icon: 'truck',
    label: l('卸売', 'Wholesale'),
    words: [],
    seldom: ['life_event', 'investment', 'credit_rating'],
    stages: { proposing: l('サンプル提出', 'Samples sent') },
    fields: [
      {
        object: 'company',
        label: l('得意先コード', 'Customer code'),
        kind: 'text',
        help: l('販売管理のソフトと突き合わせるため', 'To match the sales software'),
        in_list: true,
      },
      {
        object: 'company',
        label: l('締め日', 'Closing day'),
        kind: 'choice',
        help: l('請求の日を間違えないため', 'To bill on the right day'),
        options: [l('10 日', '10th'), l('15 日', '15th'), l('20 日', '20th'), l('末日', 'End of month')],
      },
      {
        object: 'company',
        label: l('配送の曜日', 'Delivery days'),
        kind: 'text',
        help: l('ご注文の締め切りを伝えるため', 'To tell the order deadline'),
      },
    ],
    objects: [],
    works: [
      work(
        l('FAX の注文を入力する', 'Typing faxed orders'),
        'order',
        office,
        ['phone', 'software'],
        'daily',
        90,
      ),
      work(l('得意先を回る', 'Visiting customers'), 'deal', sales, ['paper', 'head'], 'daily', 120),
      work(
        l('買わなくなった先を探す', 'Finding who has stopped buying'),
        'care',
        sales,
        ['excel'],
        'monthly',
        120,
      ),
      complaints,
      invoices,
    ],
  },
  {
    key: 'retail',
    icon: 'building-store',
    label: l('小売・EC', 'Retail and e-commerce'),
    words: [{ object: 'order', label: l('お買い上げ', 'Purchase') }],
    seldom: ['deal', 'proposal', 'contract', 'investment', 'credit_rating', 'financial_year'],
    stages: {},
    fields: [
      {
        object: 'person',
        label: l('会員番号', 'Member number'),
        kind: 'text',
        help: l('お店とネットの同じ方を結ぶため', 'To join shop and web'),
        in_list: true,
      },
      {
        object: 'person',
        label: l('会員ランク', 'Member rank'),
        kind: 'choice',
        help: l('特典を間違えないため', 'To give the right benefit'),
        options: [l('レギュラー', 'Regular'), l('シルバー', 'Silver'), l('ゴールド', 'Gold')],
        in_list: true,
      },
      {
        object: 'person',
        label: l('サイズ・好み', 'Size and taste'),
        kind: 'text',
        help: l('合うものをおすすめするため', 'To offer what suits'),
      },
    ],
    objects: [],
    works: [
      work(l('会員カードの記入', 'Member forms'), 'find', shop, ['paper'], 'daily', 15),
      work(l('はがき・メールの案内', 'Letters and mails'), 'care', shop, ['excel', 'mail'], 'monthly', 180),
      work(
        l('取り置き・お取り寄せ', 'Holding and ordering goods'),
        'order',
        shop,
        ['paper', 'phone'],
        'daily',
        15,
      ),
      work(l('返品・不良品の対応', 'Returns'), 'claim', shop, ['paper', 'head'], 'weekly', 30),
    ],
  },
  {
    key: 'professional',
    icon: 'file-text',
    label: l('士業', 'Professional services'),
    words: [
      { object: 'company', label: l('顧問先', 'Client') },
      { object: 'contract', label: l('顧問契約', 'Retainer') },
      { object: 'deal', label: l('ご相談', 'Consultation') },
    ],
    seldom: ['order', 'product', 'proposal', 'investment'],
    stages: {
      lead: l('ご相談', 'Consultation'),
      quoting: l('見積・委任状', 'Fee and mandate'),
      won: l('受任', 'Retained'),
      lost: l('受任せず', 'Not retained'),
    },
    fields: [
      {
        object: 'company',
        label: l('決算月', 'Closing month'),
        kind: 'integer',
        help: l('申告の準備を早く始めるため', 'To begin filings in time'),
        in_list: true,
      },
      {
        object: 'company',
        label: l('担当の先生', 'Professional in charge'),
        kind: 'text',
        help: l('お問い合わせをすぐ回すため', 'To hand calls over at once'),
      },
    ],
    objects: [matter],
    works: [
      work(
        l('顧問先への定期の連絡', 'Regular calls to clients'),
        'care',
        l('担当者', 'In charge'),
        ['phone', 'head'],
        'monthly',
        30,
      ),
      work(
        l('期限の管理', 'Watching deadlines'),
        'deliver',
        l('所長・担当者', 'Head, in charge'),
        ['excel', 'paper'],
        'weekly',
        60,
      ),
      work(
        l('新しいご相談の受け付け', 'Taking new consultations'),
        'deal',
        l('所長', 'Head'),
        ['phone', 'paper'],
        'weekly',
        40,
      ),
      work(l('報酬の請求', 'Billing fees'), 'bill', office, ['excel'], 'monthly', 180),
    ],
  },
  {
    key: 'real_estate',
    icon: 'home',
    label: l('不動産', 'Real estate'),
    words: [
      { object: 'deal', label: l('ご希望', 'Wish') },
      { object: 'inquiry', label: l('反響', 'Response') },
    ],
    seldom: ['order', 'product', 'proposal', 'investment', 'credit_rating', 'financial_year'],
    stages: {
      lead: l('反響', 'Response'),
      hearing: l('条件の聞き取り', 'Conditions'),
      proposing: l('物件の紹介・内見', 'Viewing'),
      quoting: l('申し込み', 'Application'),
      negotiating: l('審査・重要事項説明', 'Screening'),
      won: l('成約', 'Closed'),
    },
    fields: [
      {
        object: 'person',
        label: l('希望の地域', 'Wanted area'),
        kind: 'text',
        help: l('新しい物件が出たとき、すぐお知らせするため', 'To tell of new properties at once'),
      },
      {
        object: 'person',
        label: l('予算', 'Budget'),
        kind: 'money',
        help: l('合う物件だけを出すため', 'To offer what fits'),
      },
      {
        object: 'person',
        label: l('入居・購入の時期', 'When'),
        kind: 'date',
        help: l('ご連絡の時期を逃さないため', 'To call in time'),
      },
    ],
    objects: [house],
    works: [
      work(
        l('ポータルサイトの反響に返事', 'Answering portal inquiries'),
        'find',
        sales,
        ['mail'],
        'daily',
        60,
      ),
      work(l('内見の約束と案内', 'Viewings'), 'deal', sales, ['phone', 'paper'], 'daily', 90),
      work(l('契約の更新の案内', 'Renewals'), 'care', office, ['excel'], 'monthly', 180),
      complaints,
    ],
  },
  {
    key: 'food',
    icon: 'ticket',
    label: l('飲食', 'Food service'),
    words: [{ object: 'activity', label: l('ご来店・連絡', 'Visit') }],
    seldom: [
      'deal',
      'proposal',
      'contract',
      'order',
      'product',
      'investment',
      'credit_rating',
      'financial_year',
      'business_card',
    ],
    stages: {},
    fields: [
      {
        object: 'person',
        label: l('苦手・アレルギー', 'Allergies'),
        kind: 'text',
        help: l('お出ししてはいけないものを、必ず見るため', 'So that nobody serves it'),
        in_list: true,
      },
      {
        object: 'person',
        label: l('お好みの席・飲み物', 'Seat and drink'),
        kind: 'text',
        help: l('覚えていてくれる店になるため', 'To be the place that remembers'),
      },
    ],
    objects: [reservation],
    works: [
      work(l('予約を受ける', 'Taking reservations'), 'order', shop, ['phone', 'paper'], 'daily', 30),
      work(l('常連さんの好みを覚える', 'Remembering regulars'), 'care', shop, ['head'], 'daily', 10),
      work(
        l('宴会の見積', 'Quotes for parties'),
        'order',
        l('店長', 'Manager'),
        ['paper', 'excel'],
        'weekly',
        40,
      ),
      work(l('ご意見・苦情', 'Complaints'), 'claim', shop, ['head'], 'weekly', 20),
    ],
  },
  {
    key: 'care',
    icon: 'heart',
    label: l('医療・介護', 'Medical and care'),
    words: [
      { object: 'person', label: l('ご利用者・ご家族', 'Client or family') },
      { object: 'company', label: l('連携先', 'Partner') },
      { object: 'deal', label: l('ご利用の相談', 'Enquiry') },
    ],
    seldom: [
      'proposal',
      'order',
      'product',
      'investment',
      'credit_rating',
      'financial_year',
      'business_card',
    ],
    stages: {
      lead: l('ご相談', 'Enquiry'),
      hearing: l('面談', 'Interview'),
      proposing: l('見学・体験', 'Visit'),
      quoting: l('計画・契約の説明', 'Plan'),
      won: l('ご利用開始', 'Started'),
      lost: l('ご利用せず', 'Not started'),
    },
    fields: [
      {
        object: 'person',
        label: l('緊急連絡先', 'Emergency contact'),
        kind: 'text',
        help: l('いざというとき、すぐ連絡するため', 'To call at once when needed'),
      },
      {
        object: 'person',
        label: l('要介護度', 'Care level'),
        kind: 'choice',
        help: l('使えるサービスを間違えないため', 'To know which services apply'),
        options: [
          l('自立', 'Independent'),
          l('要支援 1', 'Support 1'),
          l('要支援 2', 'Support 2'),
          l('要介護 1', 'Care 1'),
          l('要介護 2', 'Care 2'),
          l('要介護 3', 'Care 3'),
          l('要介護 4', 'Care 4'),
          l('要介護 5', 'Care 5'),
        ],
        in_list: true,
      },
      {
        object: 'person',
        label: l('紹介元', 'Referred by'),
        kind: 'text',
        help: l('紹介してくださった先にお礼と報告をするため', 'To thank and report to who referred'),
      },
    ],
    objects: [user],
    works: [
      work(
        l('ご相談を受ける', 'Taking enquiries'),
        'find',
        l('相談員', 'Counsellor'),
        ['phone', 'paper'],
        'daily',
        40,
      ),
      work(
        l('紹介元へのあいさつと報告', 'Reporting to who referred'),
        'care',
        l('相談員・管理者', 'Counsellor, manager'),
        ['phone', 'head'],
        'monthly',
        120,
      ),
      work(
        l('ご家族への連絡', 'Calling families'),
        'deliver',
        l('担当', 'In charge'),
        ['phone', 'paper'],
        'weekly',
        60,
      ),
      work(
        l('ご意見・苦情の記録', 'Recording complaints'),
        'claim',
        l('管理者', 'Manager'),
        ['paper'],
        'monthly',
        30,
      ),
    ],
  },
  {
    key: 'other',
    icon: 'briefcase',
    label: l('そのほか', 'Other'),
    words: [],
    seldom: [],
    stages: {},
    fields: [],
    objects: [],
    works: [
      meishi,
      work(l('商談と提案', 'Deals and proposals'), 'deal', sales, ['paper', 'head'], 'weekly', 60),
      work(l('見積書を作る', 'Making quotes'), 'order', sales, ['excel'], 'weekly', 40),
      work(
        l('お客様への連絡', 'Calling customers'),
        'care',
        l('営業・社長', 'Sales, owner'),
        ['phone', 'head'],
        'weekly',
        60,
      ),
      complaints,
      work(l('売上の集計', 'Adding up sales'), 'office', chief, ['excel'], 'monthly', 120),
    ],
  },
];

export const tradeOf = (key: string | undefined): Trade | undefined =>
  trades.find((trade) => trade.key === key);
