using System.Globalization;
using System.Text;
using Cake.Core;

namespace Cake.Frosting.Tests.Fakes;

/// <summary>Keeps what is written to the console.</summary>
internal sealed class RecordingConsole : IConsole
{
    private readonly StringBuilder text = new();

    public string Text => text.ToString();

    public ConsoleColor ForegroundColor { get; set; }

    public ConsoleColor BackgroundColor { get; set; }

    public bool SupportAnsiEscapeCodes => false;

    public void Write(string format, params object[] arg) => text.Append(string.Format(CultureInfo.InvariantCulture, format, arg));

    public void Write(string value) => text.Append(value);

    public void WriteLine(string format, params object[] arg) => Write(format + "\n", arg);

    public void WriteLine(string value) => text.Append(value).Append('\n');

    public void WriteError(string format, params object[] arg) => Write(format, arg);

    public void WriteError(string value) => Write(value);

    public void WriteErrorLine(string format, params object[] arg) => WriteLine(format, arg);

    public void WriteErrorLine(string value) => WriteLine(value);

    public void ResetColor()
    {
    }
}
