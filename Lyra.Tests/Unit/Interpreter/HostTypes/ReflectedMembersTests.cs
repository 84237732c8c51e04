using System;
using Lyra.Runtime.Hosting;
using Lyra.Runtime.HostTypes;
using Lyra.Runtime.Objects;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Unit.Interpreter.HostTypes;

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
}
