-- Domains of free mail providers, which say nothing about who owns a site; one row a domain.
select unnest([
    'gmail.com', 'googlemail.com', 'outlook.com', 'outlook.fr', 'hotmail.com', 'hotmail.fr', 'hotmail.co.uk', 'live.com', 'live.fr',
    'msn.com', 'yahoo.com', 'yahoo.fr', 'yahoo.ro', 'yahoo.co.uk', 'yahoo.de', 'ymail.com', 'rocketmail.com', 'icloud.com', 'me.com',
    'mac.com', 'aol.com', 'proton.me', 'protonmail.com', 'pm.me', 'tutanota.com', 'tuta.io', 'gmx.com', 'gmx.de', 'gmx.net', 'gmx.fr',
    'web.de', 't-online.de', 'mail.com', 'mail.ru', 'yandex.com', 'yandex.ru', 'zoho.com', 'fastmail.com', 'hey.com', 'orange.fr',
    'wanadoo.fr', 'free.fr', 'laposte.net', 'sfr.fr', 'neuf.fr', 'bbox.fr', 'numericable.fr', 'bluewin.ch', 'skynet.be', 'telenet.be',
    'libero.it', 'btinternet.com', 'sky.com', 'comcast.net', 'verizon.net', 'att.net', 'rdslink.ro', 'clicknet.ro', 'rambler.ro', 'k.ro'
]) as domain
