using Lyra.Runtime.Library.Rows;

namespace Lyra.Runtime.Library.Modules;

/// <summary>
/// Module <c>encoding</c>: each part converts between data and a text that stands for it, by <c>encode</c> and <c>decode</c>. Where data is
/// encoded, a str stands for its bytes in UTF-8.
/// </summary>
internal static class EncodingModule
{
    public static void Rows(RowReader rows)
    {
        rows.Part("base64");
        rows.Part("hex");
        rows.Part("url");
        rows.Part("html");
        rows.Part("utf8");
    }
}
