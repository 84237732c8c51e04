using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using Lyra.Runtime.Errors;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Library;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Values;
using Lyra.Tests.Harness;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Runtime.Library;

public sealed class LibraryTableTests
{
    /// <summary>The names that language.md §11 guarantees.</summary>
    private const string Builtins =
        "print write input length insert remove pop push tostring toint tofloat decimal tobool type range keys values set tuple list "
        + "map bytes ord chr abs min max sum sorted reversed enumerate zip any all assert error clock hash next done exit sleep gather "
        + "race chan";

    private const string ListMethods =
        "push pop insert remove removeAt clear copy sort sorted reverse index contains count slice map filter reduce each "
        + "any all find join extend first last fill isEmpty";

    private const string StrMethods =
        "split join trim trimStart trimEnd upper lower startsWith endsWith contains find replace repeat padStart padEnd "
        + "lines chars codes reverse format isEmpty slice count";

    [Fact]
    public void All_documented_builtins_exist() => Builtins.Split(' ').Where(n => LibraryTable.FindBuiltin(n) is null).ShouldBeEmpty();

    [Theory]
    [InlineData(ValueKind.List, ListMethods)]
    [InlineData(ValueKind.Str, StrMethods)]
    [InlineData(ValueKind.Map, "get keys values items has remove clear copy update merge isEmpty")]
    [InlineData(ValueKind.Set, "add remove has union intersect difference isSubset copy")]
    [InlineData(ValueKind.Task, "cancel")]
    [InlineData(ValueKind.Channel, "send recv close")]
    [InlineData(ValueKind.Enum, "parse nameOf ordinalOf")]
    public void All_documented_methods_exist(ValueKind kind, string names) =>
        names.Split(' ').Where(n => LibraryTable.FindMethod(kind, n) is null).ShouldBeEmpty();

    [Theory]
    [InlineData("math", "sqrt cbrt sin cos tan asin acos atan atan2 exp log log2 log10 floor ceil round trunc pow hypot sign")]
    [InlineData("math", "gcd lcm idiv mod isqrt clamp degrees radians isNan isInf")]
    [InlineData("json", "parse stringify")]
    [InlineData("random", "seed int float choice shuffle")]
    [InlineData("time", "now monotonic iso")]
    [InlineData("regex", "test match find findAll replace split escape compile")]
    [InlineData("io", "readText writeText readLines exists listDir")]
    [InlineData("os", "args env")]
    [InlineData("simd", "add sub mul div min max lt le eq select sum dot")]
    [InlineData("simd", "addTo subTo mulTo divTo minTo maxTo ltTo leTo eqTo selectTo")]
    [InlineData("bits", "add32 sub32 mul32 shl32 shr32 rotl32 rotr32 addu32 subu32 mulu32 shlu32 shru32 rotlu32 rotru32")]
    [InlineData("bits", "addu64 subu64 mulu64 shlu64 shru64 rotlu64 rotru64 popcount clz ctz")]
    [InlineData("task", "sleep gather race chan")]
    [InlineData("jit", "on off stats status")]
    [InlineData("vm", "stats stack cache slabs reset")]
    [InlineData("encoding.base64", "encode decode")]
    [InlineData("encoding.hex", "encode decode")]
    [InlineData("encoding.url", "encode decode")]
    [InlineData("encoding.html", "encode decode")]
    [InlineData("encoding.utf8", "encode decode")]
    [InlineData("digest", "md5 sha1 sha256 sha512 crc32 hmac")]
    [InlineData("uuid", "v4 v7 parse")]
    [InlineData("csv", "parse stringify lines")]
    [InlineData("path", "join base ext dir normalize")]
    [InlineData("text", "wrap dedent table levenshtein")]
    [InlineData("stats", "mean median stdev variance percentile histogram")]
    [InlineData("iter", "count cycle repeat chain product permutations combinations")]
    [InlineData("collections", "deque heap counter sortedMap sortedSet bitset")]
    [InlineData("test", "equal near throws snapshot")]
    [InlineData("date", "today now of parse duration")]
    [InlineData("str", StrMethods)]
    public void All_documented_members_of_modules_exist(string name, string members)
    {
        LibraryTable.TryFindModule(name, out LibraryModule? module).ShouldBeTrue();
        members.Split(' ').Where(n => module!.FindProc(n) is null).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("pi", Math.PI)]
    [InlineData("e", Math.E)]
    [InlineData("inf", double.PositiveInfinity)]
    [InlineData("nan", double.NaN)]
    public void Math_has_its_constants(string name, double value)
    {
        LibraryTable.TryFindModule("math", out LibraryModule? math).ShouldBeTrue();
        math!.TryFindConstant(name, out Value constant).ShouldBeTrue();
        constant.AsFloat.ShouldBe(value);
        math.TryFindMember(name, out _).ShouldBeTrue();
    }

    [Fact]
    public void An_unknown_name_is_found_nowhere()
    {
        LibraryTable.FindBuiltin("prin").ShouldBeNull();
        LibraryTable.FindBuiltin("print(").ShouldBeNull();
        LibraryTable.FindMethod(ValueKind.List, "upper").ShouldBeNull();
        LibraryTable.FindQualified("math.nope").ShouldBeNull();
        LibraryTable.FindQualified("nope.sqrt").ShouldBeNull();
        LibraryTable.TryFindModule("nope", out _).ShouldBeFalse();
        LibraryTable.TryFindModule("math", out LibraryModule? math).ShouldBeTrue();
        math!.TryFindMember("nope", out _).ShouldBeFalse();
    }

    [Fact]
    public void A_row_is_made_once()
    {
        Intrinsic print = LibraryTable.FindBuiltin("print")!;
        LibraryTable.FindBuiltin("print").ShouldBeSameAs(print);
        LibraryTable.AllBuiltins().Single(r => r.Name == "print").ShouldBeSameAs(print);
        print.Proc.ShouldBeSameAs(print.Proc);
        LibraryTable.FindQualified("math.sqrt").ShouldBeSameAs(LibraryTable.FindQualified("math.sqrt"));
    }

    [Fact]
    public void A_builtin_is_a_method_of_every_type_that_has_none_of_the_name()
    {
        LibraryTable.FindMethod(ValueKind.Int, "abs").ShouldBeSameAs(LibraryTable.FindBuiltin("abs"));
        LibraryTable.FindMethod(ValueKind.List, "push").ShouldBeSameAs(LibraryTable.FindBuiltin("push"));
        LibraryTable.FindMethod(ValueKind.List, "map").ShouldNotBeSameAs(LibraryTable.FindBuiltin("map"));
    }

    [Fact]
    public void The_reference_names_the_builtins_that_a_structs_method_does_not_replace()
    {
        string names =
            string.Join(' ', LibraryTable.AllBuiltins().Where(r => !r.Traits.HasFlag(IntrinsicTraits.MethodFirst)).Select(r => r.Name));
        string page = File.ReadAllText(Repository.PathOf("docs", "language.md"));
        Regex.Replace(page, @"\s+", " ").ShouldContain($"for all builtins but `{names}`");
    }

    [Fact]
    public void Every_id_belongs_to_a_row()
    {
        IntrinsicId[] used = [.. AllRows().Concat(LibraryTable.Prelude.Procs()).Select(row => row.Id).Distinct()];
        Enum.GetValues<IntrinsicId>().Except(used).ShouldBeEmpty();
    }

    [Fact]
    public void Rows_with_one_id_have_one_name_and_the_same_parameters_behind_the_first() =>
        AllRows().Where(row => row.Id != IntrinsicId.None)
            .GroupBy(row => row.Id)
            .Where(rows => rows.Select(row => $"{row.Name} {row.MinArguments} {row.MaxArguments}").Distinct().Count() > 1)
            .ShouldBeEmpty();

    [Fact]
    public void Effects_do_not_contradict_each_other() =>
        AllRows().Where(row =>
                (row.Has(IntrinsicTraits.Pure) && row.Has(IntrinsicTraits.CallsBack))
                || (row.Has(IntrinsicTraits.Restartable) && row.Has(IntrinsicTraits.WritesFirstArgument)))
            .Select(row => row.QualifiedName)
            .ShouldBeEmpty();

    [Fact]
    public void A_builtin_without_parameters_is_no_method() => LibraryTable.FindMethod(ValueKind.Int, "clock").ShouldBeNull();

    [Fact]
    public void Signatures_have_names_and_counts()
    {
        Intrinsic insert = LibraryTable.FindBuiltin("insert")!;
        insert.ParameterNames.ShouldBe(["list", "i", "v"]);
        insert.RequiredParameters.ShouldBe(1);
        insert.MinArguments.ShouldBe(2);
        insert.MaxArguments.ShouldBe(3);
        LibraryTable.FindBuiltin("print")!.MaxArguments.ShouldBe(int.MaxValue);
        LibraryTable.FindQualified("math.pow")!.QualifiedName.ShouldBe("math.pow");
    }

    [Fact]
    public void A_module_instance_exports_procs_and_constants()
    {
        LibraryTable.TryFindModule("math", out LibraryModule? math).ShouldBeTrue();
        ModuleInstance instance = math!.Instantiate();
        instance.TryGetExport("pi", out int pi).ShouldBeTrue();
        instance.Slots[pi].AsFloat.ShouldBe(Math.PI);
        instance.TryGetExport("sqrt", out int sqrt).ShouldBeTrue();
        instance.Slots[sqrt].Ref.ShouldBeOfType<NativeProc>().ShouldBeSameAs(math.FindProc("sqrt")!.Proc);
    }

    [Fact]
    public void Names_are_unique_in_their_group()
    {
        LibraryTable.AllBuiltins().Select(r => r.Name).ShouldBeUnique();
        foreach (ValueKind kind in LibraryTable.KindsWithMethods)
        {
            LibraryTable.AllMethods(kind).Select(r => r.Name).ShouldBeUnique();
        }
    }

    [Fact]
    public void A_stream_that_fails_is_an_io_error()
    {
        BareContext context = new();
        context.HostOptions = new HostServices
        {
            Capabilities = LyraCapabilities.All,
            Output = new FailingWriter(),
            Input = new FailingReader(),
        };
        LibraryCalls.Show(context, "print", 1).ShouldBe("!" + ErrorKinds.IOError);
        LibraryCalls.Show(context, "write", "x").ShouldBe("!" + ErrorKinds.IOError);
        LibraryCalls.Show(context, "input").ShouldBe("!" + ErrorKinds.IOError);
    }

    [Fact]
    public void Hash_is_an_int_that_equal_values_share()
    {
        BareContext context = new();
        LibraryCalls.Call(context, "hash", "x").ShouldBe(LibraryCalls.Call(context, "hash", "x"));
        LibraryCalls.Call(context, "hash", 1).ShouldBe(LibraryCalls.Call(context, "hash", 1.0));
        LibraryCalls.Call(context, "hash", "x").IsInt.ShouldBeTrue();
    }

    private sealed class FailingWriter : StringWriter
    {
        public override void Write(char value) => throw new IOException("The pipe is closed.");

        public override void Write(ReadOnlySpan<char> buffer) => throw new IOException("The pipe is closed.");
    }

    private sealed class FailingReader : TextReader
    {
        public override string ReadLine() => throw new IOException("The console is gone.");
    }

    private static IEnumerable<Intrinsic> AllRows()
    {
        foreach (string name in LibraryTable.ModuleNames)
        {
            LibraryTable.TryFindModule(name, out LibraryModule? module).ShouldBeTrue();
            foreach (Intrinsic row in module!.Procs())
            {
                yield return row;
            }
        }

        foreach (Intrinsic row in LibraryTable.AllBuiltins().Concat(LibraryTable.KindsWithMethods.SelectMany(LibraryTable.AllMethods)))
        {
            yield return row;
        }
    }
}
