// A real SMTP server, npm's smtp-server, which on demand has the bad days that servers have. It writes lines of JSON: first its port,
// then every mail that it took, as npm's postal-mime reads it.
// Arguments: the folder with both packages, a file that names its mood, and the files of a key and a certificate, or neither.
'use strict';
const fs = require('fs');
const [packages, moodFile, key, certificate] = process.argv.slice(2);
const load = require('module').createRequire(`${packages}/`);
const { SMTPServer } = load('smtp-server');
const PostalMime = load('postal-mime');

const mood = () => fs.readFileSync(moodFile, 'utf8');
const tell = what => console.log(JSON.stringify(what));
const lines = text => text?.replace(/\r\n/g, '\n').replace(/\n$/, '') ?? null;
const reply = (code, text) => Object.assign(new Error(text), { responseCode: code });
const cut = id => [...server.connections].filter(connection => connection.session.id === id).forEach(connection => connection._socket.destroy());

async function take(raw, session) {
    const mail = await PostalMime.parse(raw);
    tell({
        raw: raw.toString('utf8'), text: lines(mail.text), html: lines(mail.html), subject: mail.subject, from: mail.from.address, to: mail.to.map(to => to.address),
        messageId: mail.messageId, autoSubmitted: mail.headers.find(header => header.key === 'auto-submitted')?.value,
        sender: session.envelope.mailFrom.address, recipients: session.envelope.rcptTo.map(to => to.address),
        isEncrypted: session.secure, user: session.user ?? null,
    });
}

const server = new SMTPServer({
    ...key ? { key: fs.readFileSync(key), cert: fs.readFileSync(certificate) } : { disabledCommands: ['STARTTLS', 'AUTH'] },
    authOptional: !key,
    disableReverseLookup: true,
    closeTimeout: 0,
    onConnect(session, done) {
        if (mood() !== 'Silent') done();
    },
    onAuth(login, session, done) {
        if (login.username === 'shop' && login.password === 'smtp secret') done(null, { user: login.username });
        else done(reply(535, 'Authentication failed'));
    },
    onRcptTo(address, session, done) {
        if (mood() === 'Refusing') done(reply(550, `5.1.1 <${address.address}>: no such user`));
        else if (mood() === 'Deferring') done(reply(451, `4.7.1 <${address.address}>: try again later`));
        else done();
    },
    onData(stream, session, done) {
        const chunks = [];
        stream.on('data', chunk => {
            if (mood() === 'Dying') cut(session.id);
            chunks.push(chunk);
        });
        stream.on('end', async () => {
            if (mood() === 'Rejecting') return done(reply(554, '5.7.1 Message rejected'));
            if (mood() === 'Stalling' || mood() === 'Dying') return;
            await take(Buffer.concat(chunks), session);
            done();
        });
    },
});
server.on('error', error => console.error(error.message)); // A client that goes away is not the end.
server.listen(0, '127.0.0.1', () => tell({ port: server.server.address().port }));
