using System;
using System.Net;
using System.Text;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Library.Rows;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Values;
using static Lyra.Runtime.Execution.IntrinsicTraits;

namespace Lyra.Runtime.Library.Modules;

/// <summary>
/// Part <c>html</c> of module <c>encoding</c>: the five characters that have a meaning in HTML are encoded; named and numbered references
/// are decoded, and those that do not exist stay as they are.
/// </summary>
internal static class HtmlEncoding
{
    private const string Special = "&<>\"'";

    /// <summary>More code units than a reference has.</summary>
    private const int MaxReference = 32;

    public static void Rows(RowReader rows)
    {
        rows.Row("encode(text)")?.Register(Encode, Restartable);
        rows.Row("decode(text)")?.Register(Decode, Restartable);
    }

    private static Value Encode(ScriptContext context, ReadOnlySpan<Value> arguments)
    {
        ReadOnlySpan<char> text = Argument.Units(arguments[0], "encoding.html.encode", "text");
        context.Charge(text.Length >> 4);
        int at = text.IndexOfAny(Special);
        if (at < 0)
        {
            return arguments[0];
        }

        StringBuilder result = FreeText.Take();
        for (; at >= 0; at = text.IndexOfAny(Special))
        {
            string reference = ReferenceOf(text[at]);
            context.Charge(1);
            context.ChargeMemory(2L * (at + reference.Length));
            _ = Make.TextLength(context, result.Length + (long)text.Length + reference.Length, "encoding.html.encode");
            result.Append(text[..at]).Append(reference);
            text = text[(at + 1)..];
        }

        return Make.Text(context, FreeText.Finish(context, result.Append(text)));
    }

    private static string ReferenceOf(char special) => special switch
    {
        '&' => "&amp;",
        '<' => "&lt;",
        '>' => "&gt;",
        '"' => "&quot;",
        _ => "&#39;",
    };

    private static Value Decode(ScriptContext context, ReadOnlySpan<Value> arguments)
    {
        ReadOnlySpan<char> text = Argument.Units(arguments[0], "encoding.html.decode", "text");
        context.Charge(text.Length >> 3);
        if (!text.Contains('&'))
        {
            return arguments[0];
        }

        context.ChargeMemory(4L * text.Length);
        StringBuilder result = FreeText.Take();
        while (text.Length > 0)
        {
            ReadOnlySpan<char> piece = text[..LengthOfPiece(text)];
#pragma warning disable RS0030 // It converts text and does not use the network.
            result.Append(WebUtility.HtmlDecode(piece.ToString()));
#pragma warning restore RS0030
            text = text[piece.Length..];
            context.CheckClock();
        }

        return Make.Text(context, FreeText.Finish(context, result));
    }

    /// <summary>A piece does not end within a reference.</summary>
    private static int LengthOfPiece(ReadOnlySpan<char> text)
    {
        if (text.Length <= Pieces.Length<char>())
        {
            return text.Length;
        }

        int start = Pieces.Length<char>() - MaxReference;
        int at = text[start..(start + MaxReference)].LastIndexOf('&');
        return at < 0 ? start + MaxReference : start + at;
    }
}
