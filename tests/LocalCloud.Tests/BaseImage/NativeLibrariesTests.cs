using System.Runtime.InteropServices;
using Slipway.LocalCloud.BaseImage;

namespace Slipway.LocalCloud.Tests.BaseImage;

internal sealed class NativeLibrariesTests
{
    [TestCase("\tlinux-vdso.so.1 (0x00007ffd)\n\tlibc.so.6 => /lib/x86_64-linux-gnu/libc.so.6 (0x00007f)\n\t/lib64/ld-linux-x86-64.so.2 (0x00007f)\n",
        "/lib/x86_64-linux-gnu/libc.so.6 /lib64/ld-linux-x86-64.so.2", TestName = "glibc")]
    [TestCase("\t/lib/ld-musl-x86_64.so.1 (0x7f)\n\tlibstdc++.so.6 => /usr/lib/libstdc++.so.6 (0x7f)\n\tlibc.musl-x86_64.so.1 => /lib/ld-musl-x86_64.so.1 (0x7f)\n",
        "/lib/ld-musl-x86_64.so.1 /usr/lib/libstdc++.so.6 /lib/ld-musl-x86_64.so.1", TestName = "musl")]
    [TestCase("\tliblttng-ust.so.0 => not found\n\tlibm.so.6 => /with space/libm.so.6 (0x1)\n", "/with space/libm.so.6", TestName = "a library that is not there")]
    [TestCase("\tnot a dynamic executable\n", "", TestName = "a static file")]
    [TestCase("", "", TestName = "nothing")]
    public void Paths_are_read_from_what_ldd_prints(string output, string expected) =>
        Assert.That(string.Join(' ', NativeLibraries.Parse(output)), Is.EqualTo(expected));

    [Test]
    [Platform(Include = "Linux", Reason = "ldd")]
    public async Task Closure_of_the_runtime_has_the_C_library_and_OpenSSL_and_every_file_is_there()
    {
        var runtime = Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "libcoreclr.so");
        var closure = await NativeLibraries.ClosureAsync([runtime, "/etc/passwd"], CancellationToken.None);

        Assert.That(closure, Is.Ordered.Using((IComparer<string>)StringComparer.Ordinal).And.Unique);
        Assert.That(closure, Is.All.Matches<string>(file => File.Exists(file)));
        Assert.That(closure, Has.Some.Contain("/libc.").And.Some.Contain("/libssl.so."));
    }
}
