namespace Ecommerce.Api.Users;

/// <summary>The passwords of eight characters and more that every guesser tries first.</summary>
internal static class CommonPasswords
{
    private static readonly HashSet<string> All = new("""
        password password1 password12 password123 password! passw0rd p@ssw0rd p@ssword pa$$word
        12345678 123456789 1234567890 0123456789 123123123 123321123 12341234 11111111 00000000 88888888 87654321 987654321
        11223344 1234qwer 12qwaszx 1q2w3e4r 1q2w3e4r5t 1qaz2wsx q1w2e3r4 q1w2e3r4t5 qazwsxedc zaq12wsx
        qwertyui qwertyuiop qwerty12 qwerty123 qwerty1234 qwertz123 asdfghjk asdfghjkl asdf1234 zxcvbnm1
        abcd1234 abc12345 abcdefgh abcdefg1 a1b2c3d4 aa123456
        iloveyou iloveyou1 sunshine princess football baseball superman batman123 trustno1 starwars whatever
        letmein1 letmein123 welcome1 welcome123 changeme changeme1 admin123 admin1234 administrator computer internet dragon123 monkey123
        """.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries), StringComparer.OrdinalIgnoreCase);

    public static bool Contain(string password) => All.Contains(password);
}
