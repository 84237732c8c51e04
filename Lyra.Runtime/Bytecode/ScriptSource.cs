namespace Lyra.Runtime.Bytecode;

/// <summary>The file a prototype comes from. <paramref name="text"/> is kept for the source line that an error report shows.</summary>
internal sealed class ScriptSource(string fileName, string text)
{
    /// <summary>The name as the host gave it; what traces and <c>e.file</c> show.</summary>
    public string FileName { get; } = fileName;

    public string Text { get; } = text;

    /// <summary>The text of a 1-based line without its end; empty when there is no such line.</summary>
    public string LineText(int line)
    {
        int start = 0;
        for (int n = 1; n < line; n++)
        {
            int end = Text.IndexOf('\n', start);
            if (end < 0)
            {
                return string.Empty;
            }

            start = end + 1;
        }

        int stop = Text.IndexOf('\n', start);
        return (stop < 0 ? Text[start..] : Text[start..stop]).TrimEnd('\r');
    }
}
