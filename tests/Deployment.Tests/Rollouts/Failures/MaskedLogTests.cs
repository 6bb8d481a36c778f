using Slipway.Deployment.Rollouts.Failures;

namespace Slipway.Deployment.Tests.Rollouts.Failures;

public sealed class MaskedLogTests
{
    [TestCase("password=hunter2", "password=(hidden)")]
    [TestCase("DB_PASSWORD: 'two words', next", "DB_PASSWORD: (hidden), next")]
    [TestCase("{\"user\":\"x\",\"apiKey\":\"abc def\",\"n\":1}", "{\"user\":\"x\",\"apiKey\":(hidden),\"n\":1}")]
    [TestCase("Authorization: Bearer abc.def", "Authorization: (hidden)")]
    [TestCase("connecting to postgres://app:pw@db/x now", "connecting to (hidden) now")]
    [TestCase("url=postgres://app:pw@db/x", "(hidden)")]
    [TestCase("key AKIAIOSFODNN7EXAMPLE is used", "key (hidden) is used")]
    [TestCase("got eyJhbGciOi.eyJzdWIi.c2ln", "got (hidden)")]
    [TestCase("token ghp_0123456789abcdef0123", "token (hidden)")]
    [TestCase("info: listening on http://0.0.0.0:8000", "info: listening on http://0.0.0.0:8000")]
    [TestCase("reading arn:aws:secretsmanager:us-east-1:1:secret:web/db", "reading arn:aws:secretsmanager:us-east-1:1:secret:web/db")]
    [TestCase("keyboard=de tokenizer: bpe key_count=3", "keyboard=de tokenizer: bpe key_count=3")]
    [TestCase("\u001b[31mred\u001b[0m\u202e", "[31mred[0m")]
    [TestCase("", "")]
    public void What_looks_like_a_secret_is_hidden(string line, string shown) => Assert.That(MaskedLog.OfLine(line), Is.EqualTo(shown));

    [Test]
    public void A_private_key_is_one_hidden_line() => Assert.That(
        MaskedLog.Of(["before", "-----BEGIN RSA PRIVATE KEY-----", "MIIEow", "IBAAKC", "-----END RSA PRIVATE KEY-----", "after"]),
        Is.EqualTo(new[] { "before", "(hidden)", "after" }));

    [Test]
    public void A_huge_line_is_cut_after_it_was_searched()
    {
        var line = MaskedLog.OfLine(new string('x', 450) + " password=" + new string('s', 300) + new string('y', 100_000));

        Assert.That(line, Has.Length.LessThanOrEqualTo(501).And.Not.Contain("sss"));
    }
}
