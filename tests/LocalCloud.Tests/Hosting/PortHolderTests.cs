using Slipway.LocalCloud.Hosting;

namespace Slipway.LocalCloud.Tests.Hosting;

internal sealed class PortHolderTests
{
    private static readonly string[] Table =
    [
        "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode",
        "   0: 0100007F:11DA 00000000:0000 0A 00000000:00000000 00:00000000 00000000  1000        0 31337 1 0000000000000000 100 0 0 10 0",
        "   1: 0100007F:11DA 0100007F:C350 01 00000000:00000000 00:00000000 00000000  1000        0 31338 1 0000000000000000 20 4 30 10 -1",
        "   2: 00000000:1F40 00000000:0000 0A 00000000:00000000 00:00000000 00000000  1000        0 31339 1 0000000000000000 100 0 0 10 0",
        "garbage",
    ];

    [TestCase(4570, "31337")]
    [TestCase(8000, "31339")]
    public void The_listening_socket_of_a_port_is_found(int port, string inode) => Assert.That(PortHolder.Inodes(Table, port), Is.EqualTo(new[] { inode }));

    [Test]
    public void A_port_that_nobody_listens_on_has_no_holder() => Assert.That(PortHolder.Inodes(Table, 80), Is.Empty);
}
