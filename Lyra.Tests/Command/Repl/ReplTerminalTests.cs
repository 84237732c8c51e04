using System;
using System.Collections.Generic;
using System.IO;
using Lyra.Tests.Harness;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Command.Repl;

/// <summary>Sessions of <c>lyra repl</c> in a pseudo-terminal, with the keys that a person presses.</summary>
public sealed class ReplTerminalTests : IDisposable
{
    private const string Prompt = "lyra>";

    private readonly ScratchFolder _folder = new();

    private string HistoryPath => Path.Combine(_folder.Path, "state", "history");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Inputs_are_run_and_the_end_of_input_ends_the_session()
    {
        using Terminal terminal = Begin();
        terminal.Enter("var x = 20");
        terminal.ShouldEndWith("lyra> var x = 20", Prompt);
        terminal.Enter("x + 1");
        terminal.ShouldEndWith("lyra> x + 1", "21", Prompt);
        terminal.Enter("x[0]");
        terminal.ShouldEndWith("    x[0]", "      ^", "  in <module> (<input 3>:1:3)", Prompt);
        terminal.Press("C-d");
        terminal.ShouldContain("exit code 0");
    }

    [Fact]
    public void Exit_and_quit_end_the_session()
    {
        using Terminal first = Begin();
        first.Enter("exit(7)");
        first.ShouldContain("exit code 7");
        using Terminal second = Begin();
        second.Enter(":q");
        second.ShouldContain("exit code 0");
    }

    [Fact]
    public void The_up_key_recalls_inputs_also_those_of_earlier_sessions()
    {
        using (Terminal first = Begin())
        {
            first.Enter("6 * 7");
            first.ShouldEndWith("42", Prompt);
            first.Enter("proc f(n) {");
            first.Enter("return n");
            first.Enter("}");
            first.ShouldEndWith("  ... }", Prompt);
            first.Press("C-d");
            first.ShouldContain("exit code 0");
        }

        File.ReadAllText(HistoryPath).ShouldBe("6 * 7\nproc f(n) {\\nreturn n\\n}\n");
        using Terminal second = Begin();
        second.Type("draft");
        second.ShouldEndWith("lyra> draft");
        second.Press("Up");
        second.ShouldEndWith("lyra> proc f(n) {", "  ... return n", "  ... }");
        second.Press("Up", "Up", "Up");
        second.ShouldEndWith("lyra> 6 * 7");
        second.Press("Up", "Down");
        second.ShouldEndWith("lyra> proc f(n) {", "  ... return n", "  ... }");
        second.Press("Down");
        second.ShouldEndWith("lyra> draft");
        second.Press("Up", "Up", "Up", "Up");
        second.ShouldEndWith("lyra> 6 * 7");
        second.Enter("0");
        second.ShouldEndWith("lyra> 6 * 70", "420", Prompt);
    }

    [Fact]
    public void An_incomplete_input_continues_and_can_be_edited()
    {
        using Terminal terminal = Begin();
        terminal.Enter("proc twice(n) {");
        terminal.ShouldEndWith("lyra> proc twice(n) {", "  ...");
        terminal.Enter("return n * 3");
        terminal.Press("Up", "End", "BSpace");
        terminal.Type("2");
        terminal.ShouldEndWith("  ... return n * 2", "  ...");
        terminal.Press("Down");
        terminal.Enter("}");
        terminal.Enter("twice(21)");
        terminal.ShouldEndWith("lyra> twice(21)", "42", Prompt);

        // Lines are joined and split.
        terminal.Press("Up", "Up", "Home", "BSpace");
        terminal.ShouldEndWith("lyra> proc twice(n) {", "  ... return n * 2}");
        terminal.Press("M-Enter");
        terminal.ShouldEndWith("lyra> twice(21)", "42", "lyra> proc twice(n) {", "  ... return n * 2", "  ... }");
        terminal.Press("Up", "End");
        terminal.Type(" +");
        terminal.Press("M-Enter");
        terminal.Type("1");
        terminal.ShouldEndWith("lyra> proc twice(n) {", "  ... return n * 2 +", "  ... 1", "  ... }");
        terminal.Press("Enter");
        terminal.ShouldEndWith("  ... 1", "  ... }", Prompt);
        terminal.Enter("twice(4)");
        terminal.ShouldEndWith("lyra> twice(4)", "9", Prompt);
    }

    [Fact]
    public void An_empty_line_ends_an_input_that_cannot_be_completed()
    {
        using Terminal terminal = Begin();
        terminal.Enter("print(\"a\",");
        terminal.ShouldEndWith("lyra> print(\"a\",", "  ...");
        terminal.Press("Enter");
        terminal.ShouldContain("This `(` is never closed");
        terminal.Enter("f(1))");
        terminal.ShouldContain("error: Expected the end of the statement");
        terminal.ShouldEndWith("    f(1))", "        ^", Prompt);
    }

    [Fact]
    public void Pasted_text_may_have_empty_lines()
    {
        using Terminal terminal = Begin();
        terminal.Paste("proc f(n) {\n\n    if n > 0 {\n\n        return n\n    }\n\n    return 0\n}\nf(12) + 1\n");
        terminal.ShouldEndWith("lyra> f(12) + 1", "13", Prompt);
    }

    [Fact]
    public void Ctrl_C_stops_the_script_and_not_the_session()
    {
        using Terminal terminal = Begin();
        terminal.Enter("var count = 1");
        terminal.Enter("print(\"runs\"); while true { count += 1 }");
        terminal.ShouldEndWith("runs");
        terminal.Press("C-c");
        terminal.ShouldContain("interrupted in <module> (<input 2>:1:");
        terminal.Enter("count > 0");
        terminal.ShouldEndWith("lyra> count > 0", "true", Prompt);
        terminal.Enter("print(\"waits\"); await sleep(1_000_000)");
        terminal.ShouldEndWith("waits");
        terminal.Press("C-c");
        terminal.ShouldContain("interrupted in <module> (<input 4>:1:");
        terminal.Enter("struct S { proc __str(self) { print(\"shows\"); while true { } } }");
        terminal.Enter("S()");
        terminal.ShouldEndWith("shows");
        terminal.Press("C-c");
        terminal.ShouldContain("interrupted in __str");
        terminal.Press("C-d");
        terminal.ShouldContain("exit code 0");
    }

    [Fact]
    public void Ctrl_C_at_the_prompt_discards_the_input()
    {
        using Terminal terminal = Begin();
        terminal.Enter("f(1,");
        terminal.Type("2");
        terminal.ShouldEndWith("lyra> f(1,", "  ... 2");
        terminal.Press("C-c");
        terminal.ShouldEndWith("  ... 2", Prompt);
        terminal.Enter("3");
        terminal.ShouldEndWith("lyra> 3", "3", Prompt);
        terminal.Press("Up");
        terminal.ShouldEndWith("lyra> 3");
    }

    [Fact]
    public void Tab_completes_names_members_commands_and_files()
    {
        _folder.Write("program.lyra", "var loaded = [1, 2]"u8.ToArray());
        using Terminal terminal = Begin();
        terminal.Enter("var first_name = \"Ada\"; var first_year = 1815");
        terminal.Type("fir");
        terminal.Press("Tab");
        terminal.ShouldEndWith("lyra> first_");
        terminal.Press("Tab");
        terminal.ShouldEndWith("lyra> first_", "first_name  first_year", "lyra> first_");
        terminal.Type("n");
        terminal.Press("Tab");
        terminal.ShouldEndWith("lyra> first_name");
        terminal.Type(".star");
        terminal.Press("Tab");
        terminal.ShouldEndWith("lyra> first_name.startsWith");
        terminal.Press("C-u");
        terminal.Type(":lo");
        terminal.Press("Tab");
        terminal.ShouldEndWith("lyra> :load");
        terminal.Type(" pro");
        terminal.Press("Tab");
        terminal.ShouldEndWith("lyra> :load program.lyra");
        terminal.Press("Enter");
        terminal.Enter("loaded");
        terminal.ShouldEndWith("lyra> loaded", "[1, 2]", Prompt);

        // In a further line, the list comes below all lines, and the cursor stays in its line.
        terminal.Enter("print(");
        terminal.Type("\")\"");
        terminal.Press("Up", "End");
        terminal.Type("fir");
        terminal.Press("Tab");
        terminal.ShouldEndWith("lyra> print(first_", "  ... \")\"");
        terminal.Press("Tab");
        terminal.ShouldEndWith("first_name  first_year", "lyra> print(first_", "  ... \")\"");
        terminal.Type("year)");
        terminal.ShouldEndWith("lyra> print(first_year)", "  ... \")\"");
    }

    [Fact]
    public void Keys_edit_the_line()
    {
        using Terminal terminal = Begin();
        terminal.Type("alpha beta gamma");
        terminal.Press("C-w");
        terminal.ShouldEndWith("lyra> alpha beta");
        terminal.Press("C-a");
        terminal.Type("1 + 2 // ");
        terminal.ShouldEndWith("lyra> 1 + 2 // alpha beta");
        terminal.Press("C-k");
        terminal.ShouldEndWith("lyra> 1 + 2 //");
        terminal.Press("Left", "Left", "Left", "Left", "DC");
        terminal.Press("Enter");
        terminal.ShouldEndWith("lyra> 1 + 2//", "3", Prompt);
        terminal.Type("abc");
        terminal.Press("C-u");
        terminal.Press("Tab");
        terminal.Enter("5");
        terminal.ShouldEndWith("lyra>     5", "5", Prompt);
        terminal.Press("C-l");
        terminal.ShouldShowOnly(Prompt);
    }

    [Fact]
    public void Scripts_read_what_is_typed_while_they_run()
    {
        using Terminal terminal = Begin();
        terminal.Enter("var name = input(\"name? \")");
        terminal.ShouldEndWith("name?");
        terminal.Type("Zox");
        terminal.Press("BSpace");
        terminal.Enter("ë");
        terminal.ShouldEndWith("name? Zoë", Prompt);
        terminal.Enter("name");
        terminal.ShouldEndWith("lyra> name", "\"Zoë\"", Prompt);
        terminal.Enter("[input(\"more? \"), 1]");
        terminal.ShouldEndWith("more?");
        terminal.Press("C-d");
        terminal.ShouldEndWith("more? [nil, 1]", Prompt);
        terminal.Enter("input(\"again? \")");
        terminal.ShouldEndWith("again?");
        terminal.Press("C-c");
        terminal.ShouldContain("interrupted in <module> (<input 4>");
        terminal.Enter("1");
        terminal.ShouldEndWith("lyra> 1", "1", Prompt);
    }

    [Fact]
    public void The_input_has_the_colours_of_the_language()
    {
        using Terminal terminal = Begin();
        terminal.Type("var x = \"proc 1 ${2}\" // var 3");
        terminal.ShouldEndWith("lyra> var x = \"proc 1 ${2}\" // var 3");
        string line = terminal.ColoredScreen.Split('\n')[^1];
        line.ShouldContain("\u001b[94mvar\u001b[39m x = ");
        line.ShouldContain("\u001b[33m\"proc\u001b[39m \u001b[33m1\u001b[39m \u001b[33m${\u001b[36m2\u001b[33m}\"");
        line.ShouldContain("\u001b[90m//\u001b[39m \u001b[90mvar\u001b[39m \u001b[90m3");
        terminal.Press("C-c");
        terminal.Type(":time print(1)");
        terminal.ShouldEndWith("lyra> :time print(1)");
        terminal.ColoredScreen.Split('\n')[^1].ShouldContain("\u001b[32m:time\u001b[39m \u001b[35mprint");
    }

    [Fact]
    public void No_color_turns_the_colours_off()
    {
        using Terminal terminal = Begin(("NO_COLOR", "1"));
        terminal.Enter("var x = 1 // comment");
        terminal.Enter(":help");
        terminal.ShouldContain("Commands");
        terminal.Type("var y = \"text\"");
        terminal.ShouldEndWith("lyra> var y = \"text\"");
        terminal.ColoredScreen.ShouldNotMatch("\u001b\\[([39][0-7]|38)");
    }

    [Theory]
    [InlineData("/dev/null/history")]
    [InlineData("/proc/history")]
    [InlineData("")]
    public void A_history_that_cannot_be_kept_is_no_error(string path)
    {
        using Terminal terminal = Begin(("LYRA_HISTORY", path));
        terminal.Enter("4 + 1");
        terminal.ShouldEndWith("lyra> 4 + 1", "5", Prompt);
        terminal.Press("Up");
        terminal.ShouldEndWith("lyra> 4 + 1");
    }

    [Fact]
    public void A_terminal_without_control_codes_has_prompts_only()
    {
        using Terminal terminal = Begin(("TERM", "dumb"));
        terminal.EnterWhenRead("proc f(n) {");
        terminal.ShouldEndWith("lyra> proc f(n) {", "  ...");
        terminal.EnterWhenRead("return n }");
        terminal.ShouldEndWith("  ... return n }", Prompt);
        terminal.EnterWhenRead("f(3)");
        terminal.ShouldEndWith("lyra> proc f(n) {", "  ... return n }", "lyra> f(3)", "3", Prompt);
        terminal.EnterWhenRead("f(");
        terminal.ShouldEndWith("lyra> f(", "  ...");
        terminal.Press("Enter");
        terminal.ShouldContain("This `(` is never closed");
        terminal.ShouldEndWith(Prompt);
        terminal.EnterWhenRead("print(\"runs\"); while true { }");
        terminal.ShouldEndWith("runs");
        terminal.Press("C-c");
        terminal.ShouldContain("interrupted in <module>");
        File.Exists(HistoryPath).ShouldBeFalse();
        terminal.Press("C-d");
        terminal.ShouldContain("exit code 0");
    }

    private Terminal Begin(params (string Name, string Value)[] variables)
    {
        Terminal terminal = new(_folder.Path, Variables(variables), "repl");
        terminal.ShouldEndWith(Prompt);
        return terminal;
    }

    private Dictionary<string, string> Variables(params (string Name, string Value)[] variables)
    {
        Dictionary<string, string> all = new() { ["LYRA_HISTORY"] = HistoryPath };
        foreach ((string name, string value) in variables)
        {
            all[name] = value;
        }

        return all;
    }
}
