using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Lyra.Runtime.Hosting;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Interpreter.Hosting;

/// <summary>Maps and structs convert to records, classes and structs of the host, and back.</summary>
public sealed class HostRecordTests : IDisposable
{
    private readonly LyraEngine _engine = new();

    private sealed record Person(string FirstName, int Age, string? Mail = null)
    {
        public List<Person> Children { get; init; } = [];
    }

    private sealed class Settings
    {
        public required string Name { get; set; }

        public int Level { get; set; } = 7;

        public int Twice => Level * 2;
    }

    private readonly record struct Point(double X, double Y);

    private struct Plain
    {
        public int A { get; set; }
    }

    private sealed class Node
    {
        public Node? Next { get; set; }
    }

    private sealed class Picky
    {
        public Picky(int n) => N = n > 0 ? n : throw new ArgumentOutOfRangeException(nameof(n));

        public int N { get; }
    }

    public void Dispose() => _engine.Dispose();

    private sealed record Registered(int Width, List<int> Sizes);

    /// <summary>Programs that are trimmed have to name the types; in others, that has no effect.</summary>
    [Fact]
    public void A_registered_type_is_converted_as_others()
    {
        LyraConversions.Register<Registered>();
        Convert(new Registered(3, [1, 2]));
        LyraConversions.Register<Registered>();
        Convert(new Registered(4, []));

        HostConverter converter = HostConverters.For(typeof(Registered));
        HostConverters.For(typeof(Registered)).ShouldBeSameAs(converter);
        HostConverters.Forget(typeof(Registered));
        HostConverters.For(typeof(Registered)).ShouldNotBeSameAs(converter);
        Convert(new Registered(5, [3]));

        void Convert(Registered expected)
        {
            _engine.Define("given", LyraValue.From(expected));
            Registered read = _engine.Run("given[\"width\"] += 1; given").As<Registered>();
            read.Width.ShouldBe(expected.Width + 1);
            read.Sizes.ShouldBe(expected.Sizes);
            _engine.Run("[given]").As<Registered[]>().Single().Width.ShouldBe(expected.Width + 1);
        }
    }

    [Fact]
    public void A_map_or_struct_becomes_a_record()
    {
        Person ann = _engine.Run(
            "({\"firstName\": \"Ann\", \"age\": 40, \"children\": [{\"FirstName\": \"Bob\", \"age\": 9}], \"extra\": 1})")
            .As<Person>();
        ann.FirstName.ShouldBe("Ann");
        ann.Mail.ShouldBeNull();
        ann.Children.Single().ShouldBeEquivalentTo(new Person("Bob", 9));
        _engine.Run("struct Someone { firstName: str; age: int; mail }\nSomeone(\"Cid\", 5, \"c@x\")").As<Person>().Mail.ShouldBe("c@x");
        _engine.Run("({\"x\": 1, \"y\": 2.5})").As<Point>().ShouldBe(new Point(1, 2.5));
        _engine.Run("({\"a\": 3})").As<Plain>().A.ShouldBe(3);
        _engine.Run("({\"name\": \"n\"})").As<Settings>().Level.ShouldBe(7);
        _engine.Run("({\"name\": \"n\", \"level\": 2, \"twice\": 99})").As<Settings>().Twice.ShouldBe(4);
        _engine.Run("nil").As<Person?>().ShouldBeNull();
        _engine.Run("[{\"x\": 1, \"y\": 2}]").As<Point[]>().ShouldBe([new Point(1, 2)]);
    }

    [Fact]
    public void What_is_missing_or_does_not_fit_is_named()
    {
        Should.Throw<InvalidCastException>(() => _engine.Run("({\"mail\": \"x\"})").As<Person>()).Message
            .ShouldEndWith("HostRecordTests+Person: it has no 'firstName' and no 'age'.");
        Should.Throw<InvalidCastException>(() => _engine.Run("({\"level\": 1})").As<Settings>()).Message.ShouldContain("no 'name'");
        Should.Throw<InvalidCastException>(() => _engine.Run("({\"firstName\": \"A\", \"age\": \"old\"})").As<Person>()).Message
            .ShouldContain("its 'age' of type str");
        Should.Throw<InvalidCastException>(() => _engine.Run("5").As<Person>()).Message.ShouldContain("type int");
        _engine.Run("({\"mail\": \"x\"})").TryAs(out Person? _).ShouldBeFalse();
        _engine.Run("let m = {\"next\": nil}\nm[\"next\"] = m\nm").TryAs(out Node? _).ShouldBeFalse();
        _engine.Run("({\"next\": {\"next\": nil}})").As<Node>().Next!.Next.ShouldBeNull();
        Should.Throw<ArgumentOutOfRangeException>(() => _engine.Run("({\"n\": 0})").As<Picky>());
    }

    [Fact]
    public void An_object_becomes_a_map()
    {
        LyraValue.From(new Person("Ann", 40) { Children = [new Person("Bob", 9)] }).ToString().ShouldBe(
            "{\"firstName\": \"Ann\", \"age\": 40, \"mail\": nil, \"children\": "
            + "[{\"firstName\": \"Bob\", \"age\": 9, \"mail\": nil, \"children\": []}]}");
        LyraValue.From(new { Id = 1, Point = new Point(1, 2) }).ToString().ShouldBe("{\"id\": 1, \"point\": {\"x\": 1.0, \"y\": 2.0}}");
        LyraValue.From(new Person("Ann", 40)).As<Person>().Age.ShouldBe(40);
        Node cycle = new();
        cycle.Next = cycle;
        Should.Throw<ArgumentException>(() => LyraValue.From(cycle)).Message.ShouldContain("contains itself");
    }

    [Fact]
    public void Delegates_take_records_and_do_not_show_objects()
    {
        _engine.Define("age", (Person p) => p.Age);
        _engine.Run("age({\"firstName\": \"A\", \"age\": 3})").As<int>().ShouldBe(3);
        Should.Throw<LyraException>(() => _engine.Run("age({\"age\": 3})")).Message
            .ShouldBe("argument 'p' of age does not fit the host's Person: it has no 'firstName'");
        _engine.Define("pick", (Picky p) => p.N);
        Should.Throw<LyraException>(() => _engine.Run("pick({\"n\": 0})")).InnerException.ShouldBeOfType<ArgumentOutOfRangeException>();
        _engine.Define("make", () => new Settings { Name = "x" });
        Should.Throw<LyraException>(() => _engine.Run("make()")).Message.ShouldContain("no script value");
        _engine.Run("proc name(p) { return p[\"firstName\"] }");
        _engine.GetProc<Func<Person, string>>("name")(new Person("Eve", 1)).ShouldBe("Eve");
    }

    [Fact]
    public void A_delegate_with_a_type_that_no_script_can_supply_is_refused()
    {
        ArgumentException e = Should.Throw<ArgumentException>(() => _engine.Define("save", (Stream s, int n) => n));
        e.Message.ShouldContain("'save'");
        e.Message.ShouldContain("System.IO.Stream");
        e.Message.ShouldContain("'s'");
        Should.Throw<ArgumentException>(() => _engine.Define("save", (List<Stream> s) => 1)).Message.ShouldContain("System.IO.Stream");
        Should.Throw<ArgumentException>(() => _engine.Define("save", (int[,] s) => 1));
        _engine.Define(
            "count", (IEnumerable<object> s, IReadOnlyDictionary<string, LyraValue> m, IComparable c, Func<Stream, int> f) => s.Count());
    }

    [Fact]
    public void An_endless_sequence_is_refused()
    {
        Should.Throw<ArgumentException>(() => LyraValue.From(Endless())).Message.ShouldContain("endless");
        using LyraEngine small = new(new LyraOptions { Limits = new LyraLimits { MaxMemoryBytes = 1 << 20 } });
        small.Define("all", Endless);
        Should.Throw<LyraLimitException>(() => small.Run("all()")).Limit.ShouldBe(LimitKind.Memory);
    }

    private static IEnumerable<int> Endless()
    {
        while (true)
        {
            yield return 1;
        }
    }
}
