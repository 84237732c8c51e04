using System;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using System.Xml.Linq;
using Lyra.Tests.Harness;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Command;

public sealed partial class TraceTests : IDisposable
{
    private const string Sum = "var s = 0\nfor i in 0..20_000 {\n  s += i\n}\nprint(s)";

    private readonly ScratchFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task The_output_of_the_program_precedes_the_report()
    {
        CommandResult result = await Trace(Sum);
        result.Err.ShouldBeEmpty();
        result.Code.ShouldBe(0);
        result.Out.ShouldStartWith("199990000\n\ntrace of main.lyra\n\nsteps  ");
        result.Out.ShouldContain("\nloop in <module> at main.lyra:2\n    for i in 0..20_000 {\n");
        result.Out.ShouldContain("  hot after   1,000 back-edges\n");
        result.Out.ShouldContain("  recordings  1 of the loop, 0 of exits\n");
        result.Out.ShouldContain("    compile time  ");
        result.Out.ShouldContain("    contents\n      loop, line 2: for i in 0..20_000 {\n");
        result.Out.ShouldContain("the loop continues\n");
        result.Out.ShouldNotContain("IR after");
        result.Out.ShouldNotContain('\u001b');
    }

    [Fact]
    public async Task Two_runs_differ_in_nothing_but_the_times()
    {
        string first = WithoutTimes((await Trace(Sum, "--ir", "--il")).Out);
        first.ShouldBe(WithoutTimes((await Trace(Sum, "--ir", "--il")).Out));
        first.ShouldContain("compile time");
    }

    [Fact]
    public async Task An_inlined_call_is_a_branch_of_the_tree()
    {
        CommandResult result = await Trace("proc add(a, b) { return a + b }\nproc f(n) {\n  var s = 0\n  for i in 0..n { s = add(s, i) }\n"
            + "  return s\n}\nprint(f(20_000))");
        result.Out.ShouldContain("loop, line 4: for i in 0..n { s = add(s, i) }\n      └─ add, called in line 4\n");
    }

    [Fact]
    public async Task Aborted_compilations_are_explained()
    {
        CommandResult result = await Trace("proc numbers() {\n  for i in 0..3_000 {\n    yield i\n  }\n}\nprint(sum(numbers()))");
        result.Out.ShouldStartWith("4498500\n");
        result.Out.ShouldContain("  aborted\n    attempts  reason");
        result.Out.ShouldContain(
            "Suspended  the recorded frame was suspended by its own yield or await; in numbers at main.lyra:3\n");
    }

    [Fact]
    public async Task Ir_and_il_are_shown_on_request()
    {
        CommandResult result = await Trace(Sum, "--ir", "--il");
        result.Out.ShouldContain("    IR after build\n      loop @");
        result.Out.ShouldContain(" changed nothing\n");
        result.Out.ShouldContain("    IL\n      int (RegionData, ScriptContext, Value[], int)");
        (await Trace(Sum, "--il")).Out.ShouldNotContain("IR after");
    }

    [Fact]
    public async Task Own_options_stand_on_either_side_of_the_file()
    {
        const string source = "import os\nprint(os.args())\nvar s = 0\nfor i in 0..20_000 { s += i }";
        string file = Write(source);
        (await Command("trace", "--il", "--hot-loop", "50", file, "--ir", "x", "--il")).Out.ShouldStartWith("[\"x\", \"--il\"]\n");
        CommandResult result = await Command("trace", "--hot-loop", "50", file, "--ir", "--", "--il");
        result.Out.ShouldStartWith("[\"--il\"]\n");
        result.Out.ShouldContain("hot after   50 back-edges");
        result.Out.ShouldContain("IR after build");
        result.Out.ShouldNotContain("    IL\n");
    }

    [Fact]
    public async Task A_page_is_self_contained_and_escapes_the_text_of_the_script()
    {
        CommandResult result = await Trace("var s = \"\"\nfor i in 0..3_000 { s = \"<script>alert('&')</script>\" } // <b>&amp;\u0001\n"
            + "print(s)", "--ir", "--il", "--html", "out.html");
        result.Out.ShouldBe("<script>alert('&')</script>\n");
        result.Err.ShouldBe("lyra: the trace is in out.html\n");

        string page = await File.ReadAllTextAsync(Path.Combine(_folder.Path, "out.html"));
        page.ShouldNotContain("<script");
        page.ShouldNotContain("src=");
        page.ShouldNotContain("href=");
        page.ShouldNotContain("url(");
        XElement html = XDocument.Parse(page).Root!;
        XNamespace xhtml = html.Name.Namespace;
        html.Descendants(xhtml + "title").Single().Value.ShouldBe("trace of main.lyra");
        html.Descendants(xhtml + "span").First().Value.ShouldBe("for i in 0..3_000 { s = \"<script>alert('&')</script>\" } // "
            + "<b>&amp;\\u{1}");
        html.Descendants(xhtml + "details").Count().ShouldBeGreaterThan(5);
        html.Descendants(xhtml + "pre").Count().ShouldBeGreaterThan(2);
    }

    [Fact]
    public async Task An_unwritable_page_is_reported_before_the_program_runs()
    {
        CommandResult result = await Command("trace", "--html", "no/such/out.html", Write("print(\"it ran\")"));
        result.Out.ShouldBeEmpty();
        result.Err.ShouldStartWith("lyra: no/such/out.html can't be written: ");
        result.Code.ShouldBe(2);
    }

    [Fact]
    public async Task A_page_that_fails_to_be_written_leaves_no_file()
    {
        CommandResult result = await Command("trace", "--html", "out.html", Write("var ="));
        result.Code.ShouldBe(2);
        File.Exists(Path.Combine(_folder.Path, "out.html")).ShouldBeFalse();
    }

    [Fact]
    public async Task A_program_that_fails_is_shown_the_same()
    {
        CommandResult result = await Trace($"{Sum}\nthrow \"enough\"");
        result.Err.ShouldStartWith("Error: enough\n");
        result.Out.ShouldContain("loop in <module> at main.lyra:2");
        result.Code.ShouldBe(1);
        (await Trace($"{Sum}\nexit(7)")).Code.ShouldBe(7);
    }

    [Fact]
    public async Task Programs_that_cannot_be_traced_are_reported()
    {
        (await Trace("print(1)")).Out.ShouldBe("1\n\ntrace of main.lyra\n\nsteps  4, of which 0 (0.0 %) in compiled code\n\n"
            + "Nothing became hot: see --hot-loop.\n");
        CommandResult result = await Trace("var = 1");
        result.Out.ShouldBeEmpty();
        result.Code.ShouldBe(2);
        result = await Command("trace", "--jit", "off", Write(Sum));
        result.Err.ShouldBe("lyra: lyra trace shows compiled code, and --jit off compiles nothing; remove --jit\n");
        result.Code.ShouldBe(2);
        result = await Trace(Sum, "--html", "no/such/out.html");
        result.Err.ShouldStartWith("lyra: no/such/out.html can't be written: ");
        result.Code.ShouldBe(2);
    }

    private static string WithoutTimes(string text) => Times().Replace(text, "compile time");

    private Task<CommandResult> Trace(string source, params string[] options) => Command(["trace", .. options, Write(source)]);

    private string Write(string source) => _folder.Write("main.lyra", Encoding.UTF8.GetBytes(source));

    private Task<CommandResult> Command(params string[] arguments) =>
        LyraCommand.RunAsync(new CommandRun(arguments) { Folder = _folder.Path });

    [GeneratedRegex("compile time .*")]
    private static partial Regex Times();
}
