using System.Text;

namespace Lyra.Fuzz.Programs;

/// <summary>Builds the text of a program.</summary>
internal sealed class ProgramWriter
{
    private readonly StringBuilder _text = new();
    private int _indentation;

    /// <summary>The number of lines so far.</summary>
    public int Lines { get; private set; }

    public void Line(string text)
    {
        _text.Append(' ', _indentation * 4).Append(text).Append('\n');
        Lines++;
    }

    /// <summary>Writes a line that ends with an opening brace; the lines after it are indented.</summary>
    public void Open(string head)
    {
        Line(head + " {");
        _indentation++;
    }

    /// <summary>Writes the line between two blocks of one statement, for example <c>} else {</c>.</summary>
    public void Reopen(string middle)
    {
        _indentation--;
        Line($"}} {middle} {{");
        _indentation++;
    }

    public void Close(string end = "}")
    {
        _indentation--;
        Line(end);
    }

    public override string ToString() => _text.ToString();
}
