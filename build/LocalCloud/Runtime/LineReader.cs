using System.Text;

namespace Slipway.LocalCloud.Runtime;

/// <summary>Cuts a program's output into lines of a bounded length: a program may write without an end, a log event may not.</summary>
internal static class LineReader
{
    /// <summary>The longest event that CloudWatch Logs takes is 256 KiB with 26 bytes of overhead.</summary>
    public const int MostBytes = (256 * 1024) - 26;

    public static async Task ReadAsync(Stream stream, Action<string> take, CancellationToken cancellationToken)
    {
        var buffer = new byte[16 * 1024];
        using var line = new MemoryStream();
        int count;
        while ((count = await stream.ReadAsync(buffer, cancellationToken)) > 0)
        {
            var rest = buffer.AsMemory(0, count);
            while (rest.Length > 0)
            {
                var end = rest.Span.IndexOf((byte)'\n');
                var part = end < 0 ? rest : rest[..end];
                var room = MostBytes - (int)line.Length;
                if (part.Length > room)
                {
                    line.Write(part.Span[..room]);
                    rest = rest[room..];
                    Give(line, take);
                    continue;
                }

                line.Write(part.Span);
                rest = end < 0 ? default : rest[(end + 1)..];
                if (end >= 0) Give(line, take);
            }
        }

        if (line.Length > 0) Give(line, take);
    }

    private static void Give(MemoryStream line, Action<string> take)
    {
        var text = Encoding.UTF8.GetString(line.GetBuffer(), 0, (int)line.Length).TrimEnd('\r');
        line.SetLength(0);
        if (text.Length > 0) take(text);
    }
}
