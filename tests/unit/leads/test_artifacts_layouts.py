"""Layouts of logs, lists, statements and chain exports, as their makers write them: what is found, what is paid."""

from pathlib import Path

import pytest

from comity.leads import find_leads

_LAYOUTS: tuple[tuple[str, str, dict[str, tuple[str, ...]], int], ...] = (
    (
        "vpn",
        "time,user,src_ip,event,bytes\n"
        "2026-11-08T23:12:44+01:00,svc,45.95.147.236,ok,0\n"
        "2026-11-09T02:11:09+01:00,bob,193.142.146.35,ok,120\n"
        "2026-11-09T02:11:10+01:00,bob,8.8.4.4,ok,1,200\n",
        {
            "ipv4-addr": (
                "193.142.146.35",
                "45.95.147.236",
                "8.8.4.4",
            )
        },
        0,
    ),
    (
        "vpn;",
        "Zeit;Benutzer;IP;Ereignis;Dauer\n"
        "08.11.2026 23:12:44;svc;45.95.147.236;Anmeldung;12,50\n"
        "09.11.2026 02:11:09;bob;193.142.146.35;Anmeldung;3,75\n",
        {
            "ipv4-addr": (
                "193.142.146.35",
                "45.95.147.236",
            )
        },
        0,
    ),
    (
        "okta",
        '"Timestamp","Actor","Client IP","Geo.lat","Geo.lon","Event","Outcome","Risk"\n'
        '"2026-11-08T10:00:00Z","amy@corp-mail.com","45.95.147.236","52.52","13.40","user'
        '.session.start","SUCCESS","0.98"\n'
        '"2026-11-08T11:00:00Z","bob@corp-mail.com","193.142.146.35","48.85","2.35","user'
        '.session.start","FAILURE","0.55"\n',
        {
            "email-addr": ("amy@corp-mail.com",),
            "ipv4-addr": (
                "193.142.146.35",
                "45.95.147.236",
            ),
        },
        0,
    ),
    (
        "entra",
        "Date (UTC),Request ID,User agent,User,Username,IP address,Location,Status,Sign-i"
        "n error code,Browser,Operating System,Latency\n"
        '2026-11-08T10:00:00Z,3f1e9a66-8c3c-4a6e-9c4a-4b1d1f1c2a00,"Mozilla/5.0 (Windows '
        'NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/120.0.0.0",Amy,amy@corp-mail.com,'
        '45.95.147.236,"Berlin, DE",Success,0,Chrome 120.0.6099,Windows10,12.50\n'
        '2026-11-08T10:10:00Z,3f1e9a66-8c3c-4a6e-9c4a-4b1d1f1c2a01,"Mozilla/5.0 Chrome/12'
        '0.0.0.0",Bob,bob@corp-mail.com,2a03:2880:f10c:83:face:b00c:0:25de,"Paris, FR",Fa'
        "ilure,50126,Edge 119.0.0,iOS 17.1,8.25\n",
        {
            "email-addr": ("bob@corp-mail.com",),
            "ipv4-addr": ("45.95.147.236",),
            "ipv6-addr": ("2a03:2880:f10c:83:face:b00c:0:25de",),
        },
        0,
    ),
    (
        "gws",
        "Event,Description,Actor,IP address,Date,Resource ID(s)\n"
        'Login,"amy@corp-mail.com logged in",amy@corp-mail.com,45.95.147.236,2026-11-08T1'
        "0:00:00+01:00,\n"
        'Login,"bob@corp-mail.com logged in",bob@corp-mail.com,185.220.101.4,2026-11-08T1'
        "1:00:00+01:00,\n",
        {
            "ipv4-addr": (
                "185.220.101.4",
                "45.95.147.236",
            )
        },
        0,
    ),
    (
        "gws message log",
        "Message ID,Start date,End date,Sender,Message Size,Subject,Recipient,From (Heade"
        "r address),IP address\n"
        "<CAF1@mail.gmail.com>,2026/11/08 10:00:00 UTC,2026/11/08 10:00:03 UTC,ev@bad-mai"
        "l.com,10240,Hello,amy@corp-mail.com,ceo@corp-mail.com,45.95.147.236\n"
        "<CAF2@mail.gmail.com>,2026/11/08 10:00:00 UTC,2026/11/08 10:00:03 UTC,ev@bad-mai"
        "l.com,10240,Hello,amy@corp-mail.com,ceo@corp-mail.com,193.142.146.35\n",
        {
            "email-addr": ("ev@bad-mail.com",),
            "ipv4-addr": (
                "193.142.146.35",
                "45.95.147.236",
            ),
        },
        0,
    ),
    (
        "cloudtrail",
        "eventTime,eventSource,eventName,awsRegion,sourceIPAddress,userAgent,errorCode,us"
        "erIdentity.arn\n"
        '2026-11-08T10:00:00Z,signin.amazonaws.com,ConsoleLogin,us-east-1,45.95.147.236,"'
        'Mozilla/5.0",,arn:aws:iam::123456789012:user/amy\n'
        '2026-11-08T10:05:00Z,s3.amazonaws.com,GetObject,eu-west-1,193.142.146.35,"aws-cl'
        'i/2.13.0",,arn:aws:iam::123456789012:user/amy\n',
        {
            "ipv4-addr": (
                "193.142.146.35",
                "45.95.147.236",
            )
        },
        0,
    ),
    (
        "fortinet csv",
        "date,time,devname,srcip,srcport,dstip,dstport,action,sentbyte,rcvdbyte,duration\n"
        "2026-11-08,10:00:00,FGT,45.95.147.236,51234,193.142.146.35,443,accept,1024,2048,"
        "12\n"
        "2026-11-08,10:00:01,FGT,185.220.101.4,51235,8.8.4.4,443,deny,512,0,1\n",
        {
            "ipv4-addr": (
                "185.220.101.4",
                "193.142.146.35",
                "45.95.147.236",
                "8.8.4.4",
            )
        },
        0,
    ),
    (
        "fortinet kv csv",
        'date=2026-11-08,time=10:00:00,devname="FGT",srcip=45.95.147.236,dstip=193.142.14'
        '6.35,action="accept"\n'
        'date=2026-11-08,time=10:00:01,devname="FGT",srcip=185.220.101.4,dstip=8.8.4.4,ac'
        'tion="deny"\n'
        'date=2026-11-08,time=10:00:01,devname="FGT",srcip=185.220.101.4,dstip=8.8.4.4,ac'
        'tion="deny"\n',
        {
            "ipv4-addr": (
                "185.220.101.4",
                "193.142.146.35",
                "45.95.147.236",
                "8.8.4.4",
            )
        },
        0,
    ),
    (
        "paloalto",
        "Receive Time,Serial #,Type,Threat/Content Type,Source address,Destination addres"
        "s,NAT Source IP,NAT Destination IP,Rule,Bytes,App Version\n"
        "2026/11/08 10:00:00,007051000012345,TRAFFIC,end,45.95.147.236,193.142.146.35,0.0"
        ".0.0,0.0.0.0,allow-out,4200,9.1.3.0\n"
        "2026/11/08 10:00:02,007051000012345,TRAFFIC,end,185.220.101.4,8.8.4.4,0.0.0.0,0."
        "0.0.0,allow-out,4200,9.1.3.1\n",
        {
            "ipv4-addr": (
                "0.0.0.0",
                "185.220.101.4",
                "193.142.146.35",
                "45.95.147.236",
                "8.8.4.4",
            )
        },
        0,
    ),
    (
        "dns log",
        "ts,client,query,qtype,answer,ttl\n"
        "1762596000,45.95.147.236,login-bank-secure.com,A,193.142.146.35,300\n"
        "1762596001,185.220.101.4,update.evil-cdn.net,A,8.8.4.4,60\n",
        {
            "domain-name": ("login-bank-secure.com",),
            "ipv4-addr": (
                "185.220.101.4",
                "193.142.146.35",
                "45.95.147.236",
                "8.8.4.4",
            ),
        },
        0,
    ),
    (
        "tor exits",
        "IP,LastSeen\n45.95.147.236,2026-11-08\n193.142.146.35,2026-11-08\n185.220.101.4,2026-11-07\n",
        {
            "ipv4-addr": (
                "185.220.101.4",
                "193.142.146.35",
                "45.95.147.236",
            )
        },
        0,
    ),
    (
        "tor exits 2",
        "ExitAddress,45.95.147.236,2026-11-08 10:00:00\n"
        "ExitAddress,193.142.146.35,2026-11-08 10:00:00\n"
        "ExitAddress,185.220.101.4,2026-11-08 10:00:00\n",
        {
            "ipv4-addr": (
                "185.220.101.4",
                "193.142.146.35",
                "45.95.147.236",
            )
        },
        0,
    ),
    (
        "one col",
        "45.95.147.236,193.142.146.35\n185.220.101.4,8.8.4.4\n45.95.147.236,193.142.146.35\n",
        {
            "ipv4-addr": (
                "185.220.101.4",
                "193.142.146.35",
                "45.95.147.236",
                "8.8.4.4",
            )
        },
        0,
    ),
    (
        "cdr",
        "A Party,B Party,Date,Time,Duration,Cell ID,IMEI,IMSI,Lat,Long\n"
        "919876543210,919812345678,08/11/2026,10:00:00,45,404-45-1234-5678,49015420323751"
        "8,404451234567890,12.97,77.59\n"
        "919876543211,919812345679,08/11/2026,10:10:00,120,404-45-1234-5679,4901542032375"
        "18,404451234567890,12.98,77.60\n",
        {"imei": ("490154203237518",)},
        0,
    ),
    (
        "ipdr",
        "MSISDN,Source IP,Source Port,Destination IP,Destination Port,Start Time,End Time"
        ",Uplink Volume,Downlink Volume\n"
        "919876543210,45.95.147.236,51234,193.142.146.35,443,08-11-2026 10:00:00,08-11-20"
        "26 10:05:00,10.25,20.50\n"
        "919876543211,185.220.101.4,51234,8.8.4.4,443,08-11-2026 10:00:00,08-11-2026 10:0"
        "5:00,1.25,2.50\n",
        {
            "ipv4-addr": (
                "185.220.101.4",
                "193.142.146.35",
                "45.95.147.236",
                "8.8.4.4",
            )
        },
        0,
    ),
    (
        "in bank",
        "Txn Date,Value Date,Description,Ref No./Cheque No.,Debit,Credit,Balance\n"
        "08/11/2026,08/11/2026,UPI/DR/631298765432/RAHUL/okaxis/rahul.k@okaxis,6312987654"
        '32,"1,00,000.00",,"2,50,000.00"\n'
        '09/11/2026,09/11/2026,NEFT-HDFC0001234,N312,,"25,000.00","2,75,000.00"\n',
        {"ifsc": ("HDFC0001234",), "upi-address": ("rahul.k@okaxis",)},
        2,
    ),
    (
        "de bank",
        "Buchungstag;Wertstellung;Auftraggeber/Empfänger;IBAN;BIC;Verwendungszweck;Betrag"
        ";Währung\n"
        "08.11.2026;08.11.2026;Max Muster;DE89370400440532013000;COBADEFFXXX;Rechnung 12;"
        "-1.234,56;EUR\n"
        "09.11.2026;09.11.2026;Erika;GB29NWBK60161331926819;NWBKGB2L;Miete;1.000.000,00;E"
        "UR\n",
        {
            "iban": (
                "DE89370400440532013000",
                "GB29NWBK60161331926819",
            )
        },
        2,
    ),
    (
        "gb bank",
        "Transaction Date,Transaction Type,Sort Code,Account Number,Transaction Descripti"
        "on,Debit Amount,Credit Amount,Balance\n"
        "08/11/2026,FPO,30-96-34,12345678,MR J SMITH 309634 12345678,250.00,,1000.00\n"
        "09/11/2026,FPI,30-96-34,12345678,REFUND,,20.00,1020.00\n",
        {},
        2,
    ),
    (
        "ae bank",
        "Date,Narration,Debit (AED),Credit (AED),Balance (AED)\n"
        '08-Nov-2026,"TRF TO AE070331234567890123456","15,000.00",,"85,000.00"\n'
        '09-Nov-2026,"CASH DEP",,"5,000.00","90,000.00"\n',
        {"iban": ("AE070331234567890123456",)},
        2,
    ),
    (
        "ru bank",
        "Дата;Плательщик;Получатель;Счет получателя;Сумма;Назначение платежа\n"
        "08.11.2026;ООО Ромашка;ИП Иванов;40817810099910004312;150 000,00;Оплата 8.8.4.4\n"
        "09.11.2026;ООО Ромашка;ИП Петров;40817810099910004313;1 150 000,00;Оплата\n",
        {"ipv4-addr": ("8.8.4.4",)},
        2,
    ),
    (
        "us bank",
        "Posting Date,Description,Amount,Type,Balance,Check or Slip #\n"
        '11/18/2026,"WIRE TO acct 1234567890",-5000.00,WIRE,1000.00,\n'
        '11/19/2026,"ZELLE from amy@corp-mail.com",+250.00,ACH,1250.00,\n',
        {"email-addr": ("amy@corp-mail.com",)},
        2,
    ),
    (
        "upi+ip",
        "Txn Time,Payer VPA,Payee VPA,Amount,RRN,Device IP,Status\n"
        "2026-11-08 10:00:00,amit@okhdfcbank,rahul@okaxis,49999,631298765432,45.95.147.23"
        "6,SUCCESS\n"
        "2026-11-08 10:05:00,amit@okhdfcbank,rahul@okaxis,25000,631298765433,193.142.146."
        "35,SUCCESS\n",
        {
            "ipv4-addr": (
                "193.142.146.35",
                "45.95.147.236",
            ),
            "upi-address": ("rahul@okaxis",),
        },
        2,
    ),
    (
        "card",
        "Date,Card Number,Merchant,MCC,Amount,Currency,Auth Code,Customer IP\n"
        "2026-11-08,4111111111111111,AMZN,5999,120.50,USD,123456,45.95.147.236\n"
        "2026-11-08,5555555555554444,UBER,4121,20.00,USD,654321,193.142.146.35\n",
        {
            "ipv4-addr": (
                "193.142.146.35",
                "45.95.147.236",
            ),
            "payment-card": ("411111******1111",),
        },
        2,
    ),
    (
        "etherscan",
        '"Txhash","Blockno","UnixTimestamp","DateTime (UTC)","From","To","ContractAddress'
        '","Value_IN(ETH)","Value_OUT(ETH)","CurrentValue @ $3000/Eth","TxnFee(ETH)","Txn'
        'Fee(USD)","Historical $Price/Eth","Status"\n'
        '"0xda39a3ee5e6b4b0d3255bfef95601890afd8070955aabbccddeeff0011223344","18000000",'
        '"1762596000","2026-11-08 10:00:00","0x28C6c06298d514Db089934071355E5743bf21d60",'
        '"0xdAC17F958D2ee523a2206206994597C13D831ec7","","0","1.5","4500.00","0.0004","1.'
        '20","3000.10",""\n'
        '"0x4433221100ffeeddccbbaa5590708dfa09810659fefb5523d0b4b6e5ee3a93ad","18000001",'
        '"1762596010","2026-11-08 10:00:10","0x28C6c06298d514Db089934071355E5743bf21d60",'
        '"0xdAC17F958D2ee523a2206206994597C13D831ec7","","0","2.5","7500.00","0.0004","1.'
        '20","3000.10",""\n',
        {"crypto-address": ("ethereum:0x28C6c06298d514Db089934071355E5743bf21d60",)},
        2,
    ),
    (
        "tronscan",
        "Transaction Hash,Block,Time (UTC),From,To,Token,Amount,Result\n"
        "da39a3ee5e6b4b0d3255bfef95601890afd8070955aabbccddeeff0011223344,6000000,2026-11"
        "-08 10:00:00,TJDENsfBJs4RFETt1X1W8wMDc8M5XnJhCe,TQn9Y2khEsLJW1ChVWFMSMeRDow5KcbL"
        'SE,USDT,"1,500.00",SUCCESS\n'
        "4433221100ffeeddccbbaa5590708dfa09810659fefb5523d0b4b6e5ee3a93ad,6000001,2026-11"
        "-08 10:01:00,TJDENsfBJs4RFETt1X1W8wMDc8M5XnJhCe,TQn9Y2khEsLJW1ChVWFMSMeRDow5KcbL"
        "SE,USDT,250.5,SUCCESS\n",
        {
            "crypto-address": (
                "tron:TJDENsfBJs4RFETt1X1W8wMDc8M5XnJhCe",
                "tron:TQn9Y2khEsLJW1ChVWFMSMeRDow5KcbLSE",
            )
        },
        2,
    ),
    (
        "ioc value",
        "date,type,value\n2026-11-08,ip,45.95.147.236\n2026-11-08,ip,193.142.146.35\n2026-11-09,ip,8.8.4.4\n",
        {
            "ipv4-addr": (
                "193.142.146.35",
                "45.95.147.236",
                "8.8.4.4",
            )
        },
        0,
    ),
    (
        "ioc mixed",
        "date,type,value\n"
        "2026-11-08,ip,45.95.147.236\n"
        "2026-11-08,domain,evil-shop.com\n"
        "2026-11-09,phone,+4915123456789\n"
        "2026-11-09,sha1,da39a3ee5e6b4b0d3255bfef95601890afd80709\n",
        {
            "domain-name": ("evil-shop.com",),
            "file-hash": ("da39a3ee5e6b4b0d3255bfef95601890afd80709",),
            "ipv4-addr": ("45.95.147.236",),
            "phone-number": ("+4915123456789",),
        },
        0,
    ),
    (
        "ioc phones",
        "date,value\n2026-11-08,+4915123456789\n2026-11-08,+919876543210\n",
        {
            "phone-number": (
                "+4915123456789",
                "+919876543210",
            )
        },
        0,
    ),
    (
        "weird header",
        "when;§;x\n2026-11-08;45.95.147.236;1\n2026-11-08;193.142.146.35;2\n",
        {
            "ipv4-addr": (
                "193.142.146.35",
                "45.95.147.236",
            )
        },
        0,
    ),
    (
        "id header",
        "date,id,item\n2026-11-08,45.95.147.236,193.142.146.35\n2026-11-08,185.220.101.4,8.8.4.4\n",
        {
            "ipv4-addr": (
                "185.220.101.4",
                "193.142.146.35",
                "45.95.147.236",
                "8.8.4.4",
            )
        },
        0,
    ),
    (
        "amount header",
        "date,amount,name\n2026-11-08,45.95.147.236,x\n2026-11-08,193.142.146.35,y\n",
        {
            "ipv4-addr": (
                "193.142.146.35",
                "45.95.147.236",
            )
        },
        0,
    ),
    (
        "version header",
        "date,host,version,build\n2026-11-08,pc1,10.0.19.5,1.2.3.4\n2026-11-08,pc2,120.0.0.0,4.1.0.2\n",
        {},
        0,
    ),
    (
        "metrics",
        "time,host,cpu,mem,load\n2026-11-08 10:00:00,a,12.50,88.25,1.20\n2026-11-08 10:01:00,a,13.50,88.25,1.25\n",
        {},
        0,
    ),
    (
        "metrics value",
        "time,metric,value\n2026-11-08 10:00:00,cpu,12.50\n2026-11-08 10:01:00,cpu,13.50\n",
        {},
        0,
    ),
    (
        "cf-iis",
        "date\ttime\tc-ip\tcs-method\tcs-uri-stem\tsc-status\ttime-taken\n"
        "2026-11-08\t10:00:00\t45.95.147.236\tGET\t/login\t200\t12.50\n"
        "2026-11-08\t10:00:01\t193.142.146.35\tPOST\t/login\t302\t15.75\n",
        {
            "ipv4-addr": (
                "193.142.146.35",
                "45.95.147.236",
            )
        },
        0,
    ),
    (
        "pipe",
        "Datum|Client|Bytes\n"
        "03.11.2026|45.95.147.236|1.234.567\n"
        "04.11.2026|193.142.146.35|12.345\n"
        "05.11.2026|8.8.4.4|1.100.200.250\n",
        {
            "ipv4-addr": (
                "193.142.146.35",
                "45.95.147.236",
                "8.8.4.4",
            )
        },
        0,
    ),
    (
        "proxy",
        '"datetime","user","ip","domain","url","useragent","bytes"\n'
        '"2026-11-08 10:00:00","amy","45.95.147.236","evil-shop.com","http://evil-shop.co'
        'm/a","curl/8.1","10"\n'
        '"2026-11-08 10:00:00","amy","193.142.146.35","bad-shop.com","http://bad-shop.com'
        '/a","curl/8.1","10"\n',
        {
            "domain-name": ("bad-shop.com",),
            "ipv4-addr": (
                "193.142.146.35",
                "45.95.147.236",
            ),
            "url": ("http://evil-shop.com/a",),
        },
        0,
    ),
    (
        "port",
        "seen,peer,country\n"
        "2026-11-08,45.95.147.236:443,DE\n"
        "2026-11-08,193.142.146.35:8080,NL\n"
        "2026-11-08,8.8.4.4/32,NL\n",
        {
            "ipv4-addr": (
                "193.142.146.35",
                "45.95.147.236",
                "8.8.4.4",
            )
        },
        0,
    ),
    (
        "quoted",
        "Date,IP,Note\n"
        '2026-11-08,"45.95.147.236, 193.142.146.35","said ""185.220.101.4"" twice"\n'
        "2026-11-08,8.8.4.4,x\n",
        {
            "ipv4-addr": (
                "185.220.101.4",
                "193.142.146.35",
                "45.95.147.236",
                "8.8.4.4",
            )
        },
        0,
    ),
    (
        "vnd",
        "Ngày;Số tiền;Nội dung\n03.11.2026;1.100.200.250;a\n04.11.2026;25.000.000;b\n05.11.2026;1.234.567;c\n",
        {},
        3,
    ),
    (
        "meta export",
        "IP Address,Time,Action\n"
        "45.95.147.236,2026-11-08 10:00:00 UTC,Login\n"
        "2a02:8109:9c40:2f3c::1,2026-11-08 11:00:00 UTC,Login\n",
        {"ipv4-addr": ("45.95.147.236",), "ipv6-addr": ("2a02:8109:9c40:2f3c::1",)},
        0,
    ),
    (
        "zh",
        "时间,客户端地址,操作,金额\n"
        "2026-11-08 10:00:00,45.95.147.236,登录,\n"
        "2026-11-08 10:00:00,193.142.146.35,登录,\n",
        {
            "ipv4-addr": (
                "193.142.146.35",
                "45.95.147.236",
            )
        },
        0,
    ),
    (
        "ar",
        "التاريخ;عنوان;المبلغ\n2026-11-08;45.95.147.236;150,00\n2026-11-08;193.142.146.35;250,00\n",
        {
            "ipv4-addr": (
                "193.142.146.35",
                "45.95.147.236",
            )
        },
        2,
    ),
    (
        "hi",
        'दिनांक,विवरण,राशि\n08/11/2026,45.95.147.236 से लॉगिन,"1,00,000"\n09/11/2026,193.142.146.35,500\n',
        {
            "ipv4-addr": (
                "193.142.146.35",
                "45.95.147.236",
            )
        },
        2,
    ),
    (
        "domains headless",
        "evil-shop.com,bad-shop.net\nfoo-bank.com,pay-here.org\nx1-shop.com,x2-shop.com\n",
        {
            "domain-name": (
                "bad-shop.net",
                "evil-shop.com",
            )
        },
        0,
    ),
    (
        "emails headless",
        "amy@corp-mail.com,pass\nbob@corp-mail.com,word\n",
        {"email-addr": ("amy@corp-mail.com",)},
        0,
    ),
    (
        "times dotted",
        "start,end,note\n12.30.45.100,12.31.00.200,03.11.2026\n12.40.45.100,12.41.00.200,04.11.2026\n",
        {},
        0,
    ),
    (
        "whatsapp-meta",
        "Account,Register Date,Last Seen IP,Device\n"
        "+919876543210,2026-01-05 10:00:00 UTC,45.95.147.236,Android 13\n"
        "+4915123456789,2026-01-06 10:00:00 UTC,193.142.146.35,iPhone OS 17.1.2.1\n",
        {
            "ipv4-addr": (
                "193.142.146.35",
                "45.95.147.236",
            ),
            "phone-number": ("+919876543210",),
        },
        0,
    ),
    (
        "ua header",
        "Date,User-Agent,X-Mailer\n"
        '2026-11-08,"bot at http://evil-shop.com/bot 45.95.147.236",from 193.142.146.35\n'
        '2026-11-08,"x http://evil2-shop.com/",y\n',
        {
            "ipv4-addr": (
                "193.142.146.35",
                "45.95.147.236",
            ),
            "url": ("http://evil-shop.com/bot",),
        },
        0,
    ),
    (
        "late",
        "date,amount\n" + "2026-11-08,10.00\n" * 400 + "2026-11-09,45.95.147.236\n",
        {"ipv4-addr": ("45.95.147.236",)},
        400,
    ),
    (
        "late empty",
        "date,amount,x\n" + "2026-11-08,10.00,\n" * 400 + "2026-11-09,5.00,45.95.147.236\n",
        {"ipv4-addr": ("45.95.147.236",)},
        401,
    ),
)
"""Name, text, what must be found by kind (addresses: these and no others), how many payments."""


@pytest.mark.parametrize(("name", "text", "named", "payments"), _LAYOUTS, ids=[layout[0] for layout in _LAYOUTS])
def test_layouts(name: str, text: str, named: dict[str, tuple[str, ...]], payments: int, tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text(text, encoding="utf-8", newline="")
    leads = find_leads([path])
    found = {(one.kind.value, one.value) for one in leads.observables}
    wanted = {(kind, value) for kind, values in named.items() for value in values}
    assert wanted <= found, name
    assert {one for one in found if one[0] in ("ipv4-addr", "ipv6-addr")} <= wanted
    assert len(leads.transfers) == payments
    raw = text.encode()
    for one in leads.observables:
        for place in one.places:
            spelled = place.text.encode()
            assert "*" in place.text or raw[place.offset : place.offset + len(spelled)] == spelled
