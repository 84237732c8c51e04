using System;
using System.Text;
using System.Threading;
using Lyra.Runtime.HostTypes;
using Lyra.Runtime.Hosting;
using Lyra.Runtime.Objects;
using Lyra.Tests.Harness.HostTypes;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Interpreter.HostTypes;

/// <summary>What reflection finds of a type is kept, and each engine makes a type of its own from it.</summary>
public sealed class ReflectedMembersTests
{
    [Fact]
    public void The_delegates_of_a_type_are_made_once()
    {
        HostType first = Build(LyraMembers.All);
        HostType second = Build(LyraMembers.All);
        second.ShouldNotBeSameAs(first);
        foreach (string name in new[] { "level", "weight" })
        {
            second.Find(name).ShouldNotBeSameAs(first.Find(name));
            Called(second.Find(name)!.Getter!).ShouldBeSameAs(Called(first.Find(name)!.Getter!));
            Called(second.Find(name)!.Setter!).ShouldBeSameAs(Called(first.Find(name)!.Setter!));
        }

        Called(second.Find("lift")!.Method!).ShouldBeSameAs(Called(first.Find("lift")!.Method!));
    }

    [Fact]
    public void Marked_members_and_all_members_do_not_mix()
    {
        Build(LyraMembers.All).Find("weight").ShouldNotBeNull();
        Build(LyraMembers.Marked).Find("weight").ShouldBeNull();
        Build(LyraMembers.Marked).Find("level").ShouldNotBeNull();
        Build(LyraMembers.All).Find("lift").ShouldNotBeNull();
    }

    [Fact]
    public void Engines_name_a_type_as_they_like()
    {
        foreach (string name in new[] { "Crate", "Box" })
        {
            int raised = 0;
            using LyraEngine engine = new();
            engine.DefineType<Crate>(new LyraTypeOptions { Members = LyraMembers.All, Name = name });
            Crate crate = new();
            engine.Define("crate", crate);
            engine.Define("count", () => raised++);
            engine.Run("crate.moved.add(count); crate.lift(2)");
            engine.Run("\"${type(crate)}: ${crate}\"").ShouldBe(LyraValue.From($"{name}: crate of 3"));
            raised.ShouldBe(1);
            Should.Throw<LyraException>(() => engine.Run("crate.lift(\"x\")")).Message.ShouldContain($"{name}.lift");
            engine.Run($"{name}(7).level").ShouldBe(LyraValue.From(7));
        }
    }

    /// <summary>As with the source generator: a <c>ToString</c> that is not marked is not the text of an object.</summary>
    [Theory]
    [InlineData(LyraMembers.Marked)]
    [InlineData(LyraMembers.All)]
    public void A_text_is_shown_where_it_is_marked(LyraMembers members)
    {
        using LyraEngine engine = new();
        LyraTypeOptions options = new() { Members = members };
        engine.DefineType<Crate>(options);
        engine.DefineType<Label>(options);
        engine.DefineType<Plain>(options);
        engine.Define("crate", new Crate());
        engine.Define("label", new Label());
        engine.Define("plain", new Plain());
        engine.Run("\"${crate}, ${label}, ${plain}\"").ShouldBe(LyraValue.From("crate of 1, a label, <Plain>"));
        Should.Throw<LyraException>(() => engine.Run("plain.toString()")).Message.ShouldContain("toString");
    }

    /// <summary>Types that have some members with spans, pointers, references and the like.</summary>
    [Fact]
    public void What_scripts_can_not_use_is_left_out()
    {
        LyraTypeOptions all = new() { Members = LyraMembers.All };
        using LyraEngine engine = new();
        engine.DefineType<StringBuilder>(all);
        engine.DefineType<Guid>(all);
        engine.DefineType<Mutex>(all);
        engine.DefineType<Encoding>(all);
        engine.DefineType<Odd>(all);
        engine.Define("odd", new Odd());
        engine.Run("let b = StringBuilder(\"a\"); b.append(\"bc\").append(7); b.toString(0, b.length) + b[1]")
            .ShouldBe(LyraValue.From("abc7b"));
        engine.Run("odd.plain + Odd(3).plain").ShouldBe(LyraValue.From(4));
        foreach (string name in new[] { "at", "span", "count", "handle", "changed" })
        {
            Should.Throw<LyraException>(() => engine.Run($"odd.{name}")).Message.ShouldBe($"Odd has no member '{name}'");
        }
    }

    [Fact]
    public void A_marked_member_that_scripts_can_not_use_is_refused()
    {
        using LyraEngine engine = new();
        ArgumentException error = Should.Throw<ArgumentException>(() => engine.DefineType<Wrong>(new LyraTypeOptions()));
        error.Message.ShouldStartWith("Scripts can't use the marked member Count of Wrong: ");
        engine.DefineType<Wrong>(_ => { });
    }

    private static HostType Build(LyraMembers members)
    {
        LyraTypeBuilder<Crate> builder = new("Crate");
        ReflectedMembers.AddTo(builder, members);
        return builder.Build();
    }

    private static Delegate Called(NativeProc proc) => DelegateAdapter.Of(proc.Intrinsic)!.Direct!;

    public sealed class Crate
    {
        [LyraMember]
        public int Level = 1;

        public Crate()
        {
        }

        public Crate(int level) => Level = level;

        public event Action? Moved;

        public int Weight { get; set; }

        public void Lift(int n)
        {
            Level += n;
            Moved?.Invoke();
        }

        [LyraMember]
        public override string ToString() => $"crate of {Level}";
    }

    public readonly struct Label
    {
        [LyraMember]
        public override string ToString() => "a label";
    }

    public sealed class Plain
    {
        public override string ToString() => "secret";
    }

    public delegate void Handler(ref int n);

    public unsafe class Odd
    {
        public int* At;

        public Odd()
        {
        }

        public Odd(int plain) => Plain = plain;

        public Odd(ReadOnlySpan<int> span) => Plain = span.Length;

        public event Handler Changed { add { } remove { } }

        public int Plain { get; set; } = 1;

        public Span<int> Span => default;

        public Handler? Handle { set => Plain = value is null ? 0 : 1; }

        public int Count(ref int n) => n;
    }

    public sealed class Wrong
    {
        [LyraMember]
        public int Count(ref int n) => n;
    }
}
