using System.Linq;
using Lyra.Cli.Repl;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Command.Repl;

public sealed class TextClassesTests
{
    /// <summary>
    /// The expected text has a letter for the class of each character: k(eyword), n(umber), t(ext), c(omment), b(uiltin), : for a command.
    /// </summary>
    [Theory]
    [InlineData("var x = 0x1F + 2.5", "kkk     nnnn   nnn")]
    [InlineData("print(\"var 1\")", "bbbbb ttttttt ")]
    [InlineData("a // var 1", "  cccccccc")]
    [InlineData("a /* 1 */ 2", "  ccccccc n")]
    [InlineData("a && b and c", "       kkk  ")]
    [InlineData("\"a ${1 + b} c\"", "tttttn    tttt")]
    [InlineData("\"open", "ttttt")]
    [InlineData(":time 1", "::::: n")]
    [InlineData("  :load a", "  :::::  ")]
    [InlineData("", "")]
    public void Characters_have_the_class_of_their_token(string input, string expected)
    {
        string classes = string.Concat(TextClasses.Of(input).Select(static c => c switch
        {
            TextClass.Keyword => 'k',
            TextClass.Number => 'n',
            TextClass.Text => 't',
            TextClass.Comment => 'c',
            TextClass.Builtin => 'b',
            TextClass.Command => ':',
            _ => ' ',
        }));

        classes.Length.ShouldBe(input.Length);
        for (int i = 0; i < input.Length; i++)
        {
            if (input[i] != ' ')
            {
                classes[i].ShouldBe(expected[i], $"at {i}; blanks may have any class");
            }
        }
    }
}
