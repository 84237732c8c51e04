using System.Text;

namespace Lyra.Fuzz.Programs;

/// <summary>The text of a program as it grows.</summary>
internal sealed class ProgramWriter
{
    private readonly StringBuilder _text = new();
    private int _indentation;

    /// <summary>Lines so far.</summary>
    public int Lines { get; private set; }

    public void Line(string text)
    {
        _text.Append(' ', _indentation * 4).Append(text).Append('\n');
        Lines++;
    }

    /// <summary>A line that ends with an opening brace; what follows is indented.</summary>
    public void Open(string head)
    {
        Line(head + " {");
        _indentation++;
    }

    /// <summary>Between two blocks of one statement, such as <c>} else {</c>.</summary>
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
