using System.Text;
using Slipway.LocalCloud.Protocol;

namespace Slipway.LocalCloud.Logs;

/// <summary>FilterLogEvents' token: the last event that was given out. Events of several streams go by time, stream, number.</summary>
internal static class FilterToken
{
    public static int Compare((LogCursor Cursor, string Stream) left, (LogCursor Cursor, string Stream) right)
    {
        if (left.Cursor.Timestamp != right.Cursor.Timestamp) return left.Cursor.Timestamp.CompareTo(right.Cursor.Timestamp);
        var byStream = string.CompareOrdinal(left.Stream, right.Stream);
        return byStream != 0 ? byStream : left.Cursor.CompareTo(right.Cursor);
    }

    public static string Write(LogCursor cursor, string stream) => Convert.ToBase64String(Encoding.UTF8.GetBytes($"{cursor}/{stream}"));

    /// <summary>No token: no stream.</summary>
    public static (LogCursor Cursor, string? Stream) Read(string? token)
    {
        if (token is null) return (default, null);
        var bytes = new byte[token.Length];
        if (Convert.TryFromBase64String(token, bytes, out var length) &&
            Encoding.UTF8.GetString(bytes, 0, length).Split('/', 2) is [var place, var stream] && LogCursor.TryParse(place, out var cursor))
        {
            return (cursor, stream);
        }

        throw new ApiException("InvalidParameterException", "The specified nextToken is invalid.");
    }
}
