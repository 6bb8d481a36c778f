using Microsoft.Extensions.Time.Testing;
using Slipway.LocalCloud.Protocol;

namespace Slipway.LocalCloud.Tests.Protocol;

internal sealed class SessionEndTests
{
    [Test]
    public void A_session_that_has_ended_is_still_known_for_a_while_so_that_it_is_told_as_ended()
    {
        var clock = new FakeTimeProvider();
        var identities = new Identities(clock);
        var session = identities.Assume("deployer", "run", TimeSpan.FromMinutes(15));

        clock.Advance(TimeSpan.FromMinutes(16));
        identities.Assume("deployer", "other", TimeSpan.FromMinutes(15));
        Assert.That(identities.Find(session.AccessKeyId), Is.EqualTo(session));

        clock.Advance(TimeSpan.FromHours(2));
        identities.Assume("deployer", "third", TimeSpan.FromMinutes(15));
        Assert.That(identities.Find(session.AccessKeyId), Is.Null);
    }
}
