using CsCheck;
using Slipway.Deployment.Images;
using Slipway.Deployment.Tests.Support;

namespace Slipway.Deployment.Tests.Images;

internal sealed class ImageReferenceTests
{
    private const string Sha = "sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

    [TestCase("app", null, "app", null, null)]
    [TestCase("app:1", null, "app", "1", null)]
    [TestCase("team/app:1", null, "team/app", "1", null)]
    [TestCase("127.0.0.1:4570/app:1", "127.0.0.1:4570", "app", "1", null)]
    [TestCase("127.0.0.1:4570/app", "127.0.0.1:4570", "app", null, null)]
    [TestCase("localhost/app", "localhost", "app", null, null)]
    [TestCase("[::1]:5000/app:a", "[::1]:5000", "app", "a", null)]
    [TestCase("123456789012.dkr.ecr.us-east-1.amazonaws.com/team/app@" + Sha, "123456789012.dkr.ecr.us-east-1.amazonaws.com", "team/app", null, Sha)]
    [TestCase("mcr.microsoft.com/dotnet/aspnet:10.0@" + Sha, "mcr.microsoft.com", "dotnet/aspnet", "10.0", Sha)]
    [TestCase("a__b/c-d.e_f", null, "a__b/c-d.e_f", null, null)]
    public void An_address_is_read_into_its_parts(string text, string? host, string name, string? tag, string? digest)
    {
        Assert.That(ImageReference.TryParse(text, out var reference), Is.True);
        Assert.Multiple(() =>
        {
            Assert.That(reference, Is.EqualTo(new ImageReference(host, name, tag, digest)));
            Assert.That(reference!.ToString(), Is.EqualTo(text));
        });
    }

    [TestCase("")]
    [TestCase("App")]
    [TestCase("app:")]
    [TestCase("app:-x")]
    [TestCase("app@sha256:12")]
    [TestCase("app@md5:0123")]
    [TestCase("https://host.example/app:1")]
    [TestCase("host.example/../app")]
    [TestCase("host.example//app")]
    [TestCase("host.example/app/")]
    [TestCase("app\n")]
    [TestCase("user@host.example/app")]
    [TestCase("host.example:99999x/app")]
    [TestCase("_app")]
    public void Anything_else_is_refused(string text) => Assert.That(ImageReference.TryParse(text, out _), Is.False);

    [Test]
    public void What_is_made_of_parts_reads_back()
    {
        var host = Gen.OneOf<string?>(null, "127.0.0.1:1", "localhost", "a.example", "[::1]:65535");
        var part = Gen.String[Gen.Char['a', 'z'], 1, 6];
        Gen.Select(host, part.Array[1, 4], Gen.OneOf<string?>(null, "latest", "V1.2_x-y"), Gen.OneOf<string?>(null, Sha)).Sample(
            (h, parts, tag, digest) =>
        {
            var reference = new ImageReference(h, string.Join('/', parts), tag, digest);
            return ImageReference.TryParse(reference.ToString(), out var read) && (read == reference || parts[0] == "localhost");
        });
    }

    [Test]
    public void No_text_makes_it_throw() =>
        Gen.String[Gen.OneOf(Gen.Char['a', 'f'], Gen.OneOf('/', ':', '@', '.', '-', '_', '[', ']', ' ', '\n')), 0, 60].Sample(text =>
        {
            if (ImageReference.TryParse(text, out var reference))
                Assert.That(reference.ToString(), Is.EqualTo(text));
        });

    [TestCase(null, "4a5b6c7d8e9f")]
    [TestCase("short", "4a5b6c7d8e9f")]
    [TestCase("0123456789abcdef0123456789abcdef01234567", "0123456789ab-4a5b6c7d")]
    public void The_tag_has_the_commit_where_there_is_one(string? commit, string tag) =>
        Assert.That(ImageTag.Of(commit, "4a5b6c7d8e9f" + new string('0', 52)), Is.EqualTo(tag));

    [TestCase("realm=\"https://auth.example/token\",service=\"registry.example\",scope=\"repository:a:pull\"", "realm|https://auth.example/token;service|registry.example;scope|repository:a:pull")]
    [TestCase("Realm=https://a.example, service=b", "realm|https://a.example;service|b")]
    [TestCase("realm=\"a\",realm=\"b\"", "realm|a")]
    [TestCase("garbage,,=\"", "")]
    public void A_challenge_is_read_into_its_parameters(string challenge, string expected) =>
        Assert.That(string.Join(';', BearerChallenge.Parse(challenge).Select(p => $"{p.Key}|{p.Value}")), Is.EqualTo(expected));

    [Test]
    public void A_digest_of_test_data_is_a_digest() => Assert.That(ImageReference.IsDigest(Digests.Of("x")), Is.True);
}
