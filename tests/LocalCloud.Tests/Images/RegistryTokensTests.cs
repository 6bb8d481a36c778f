using Microsoft.Extensions.Time.Testing;
using Slipway.LocalCloud.Images;
using Slipway.LocalCloud.State;

namespace Slipway.LocalCloud.Tests.Images;

internal sealed class RegistryTokensTests
{
    private readonly FakeTimeProvider time = new(new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero));
    private string folder = null!;

    private RegistryTokens Tokens => new(new StateFolder(folder), time);

    [SetUp]
    public void MakeFolder() => folder = Directory.CreateTempSubdirectory("slipway-tokens-").FullName;

    [TearDown]
    public void DropFolder() => Directory.Delete(folder, recursive: true);

    [Test]
    public void A_password_holds_for_twelve_hours()
    {
        var (password, expiresAt) = Tokens.Issue();
        Assert.That(expiresAt, Is.EqualTo(time.GetUtcNow().AddHours(12)));
        time.Advance(TimeSpan.FromHours(12) - TimeSpan.FromSeconds(1));
        Assert.That(Tokens.IsGood(password), Is.True);
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.That(Tokens.IsGood(password), Is.False);
    }

    [Test]
    public void A_password_with_one_letter_changed_is_none()
    {
        var tokens = Tokens;
        var (password, _) = tokens.Issue();
        for (var i = 0; i < password.Length; i++)
        {
            var changed = password.ToCharArray();
            changed[i] = changed[i] == 'A' ? 'E' : 'A';
            Assert.That(tokens.IsGood(new string(changed)), Is.False);
        }
    }

    [Test]
    public void A_token_for_a_blob_opens_that_blob_alone()
    {
        var tokens = Tokens;
        var token = tokens.IssueFor("sha256:a");
        Assert.That((tokens.IsGoodFor(token, "sha256:a"), tokens.IsGoodFor(token, "sha256:b"), tokens.IsGood(token)), Is.EqualTo((true, false, false)));
    }

    [Test]
    public void The_key_is_readable_by_its_owner_alone()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Ignore("Windows has no file modes");
            return;
        }

        Tokens.Issue();
        Assert.That(File.GetUnixFileMode(Path.Combine(folder, "registry", "token-key")), Is.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite));
    }
}
