// a register of n students in classes of thirty: averages, rankings and histograms, written as reports
static class Grades
{
    const long Mod = 1000000007;
    const int ClassSize = 30;
    const int Exams = 3;

    record Course(string Code, string Title, int Weight);

    class Student(string name)
    {
        public string Name { get; } = name;
        // of a course's code: the points of its exams
        public Dictionary<string, List<int>> Points { get; } = new();
        public double Total { get; private set; }

        public void Record(string code, int points)
        {
            if (!Points.ContainsKey(code)) Points[code] = [];
            Points[code].Add(points);
        }

        public double Average(string code) => (double)Points[code].Sum() / Exams;

        public void ComputeTotal(List<Course> courses)
        {
            int points = courses.Sum(c => c.Weight * Points[c.Code].Sum());
            Total = (double)points / (Exams * courses.Sum(c => c.Weight));
        }
    }

    static readonly List<Course> Courses =
    [
        new("MAT", "Mathematics", 3),
        new("LAN", "Language", 3),
        new("PHY", "Physics", 2),
        new("HIS", "History", 2),
        new("ART", "Art", 2),
        new("SPO", "Sports", 2),
    ];
    static readonly (int Limit, string Name)[] Scale = [(85, "A"), (70, "B"), (55, "C"), (40, "D"), (0, "F")];
    static readonly string[] FirstNames =
        ["Ada", "Bruno", "Carla", "David", "Elena", "Farid", "Greta", "Hugo", "Ines", "Jonas", "Kira", "Leon"];
    static readonly string[] LastNames =
        ["Abel", "Brandt", "Costa", "Dietrich", "Engel", "Fischer", "Garcia", "Huber", "Ivanov", "Jensen"];
    static long seed;

    static int Random(int limit)
    {
        seed = seed * 16807 % 2147483647;
        return (int)(seed % limit);
    }

    static List<Student> MakeStudents(int count)
    {
        var students = new List<Student>();
        var used = new HashSet<string>();
        while (students.Count < count)
        {
            string name = $"{FirstNames[Random(FirstNames.Length)]} {LastNames[Random(LastNames.Length)]}";
            if (!used.Add(name)) continue;
            var student = new Student(name);
            int ability = 35 + Random(50);
            foreach (var course in Courses)
            {
                for (int exam = 0; exam < Exams; exam++)
                    student.Record(course.Code, Math.Min(100, Math.Max(0, ability + Random(50) - 25)));
            }
            student.ComputeTotal(Courses);
            students.Add(student);
        }
        return students;
    }

    static string Letter(double points)
    {
        foreach (var (limit, name) in Scale)
        {
            if (points >= limit) return name;
        }
        return "?";
    }

    static string Number(double x) => x.ToString("F2").PadLeft(7);

    static double Median(IEnumerable<double> numbers)
    {
        var xs = numbers.Order().ToList();
        int middle = xs.Count / 2;
        return xs.Count % 2 == 1 ? xs[middle] : (xs[middle - 1] + xs[middle]) / 2;
    }

    static List<string> RankingLines(List<Student> ranked)
    {
        var lines = new List<string>
        {
            "Rank Name".PadRight(26) + string.Concat(Courses.Select(c => c.Code.PadLeft(7))) + "  Total",
        };
        for (int i = 0; i < ranked.Count; i++)
        {
            var student = ranked[i];
            string cells = string.Concat(Courses.Select(c => Number(student.Average(c.Code))));
            lines.Add($"{i + 1,3}. {student.Name,-21}{cells}{Number(student.Total)} {Letter(student.Total)}");
        }
        return lines;
    }

    static List<string> CourseLines(List<Student> students)
    {
        var lines = new List<string>();
        foreach (var course in Courses)
        {
            var averages = students.Select(s => s.Average(course.Code)).ToList();
            double mean = (double)students.Sum(s => s.Points[course.Code].Sum()) / (Exams * students.Count);
            var best = students.Aggregate((a, b) => b.Average(course.Code) > a.Average(course.Code) ? b : a);
            lines.Add(course.Title.PadRight(14) + Number(mean) + Number(Median(averages)) + Number(averages.Min()) +
                Number(averages.Max()) + "  " + best.Name);
        }
        return lines;
    }

    static List<string> HistogramLines(List<Student> students)
    {
        var counts = new Dictionary<string, int>();
        foreach (var student in students)
        {
            foreach (var course in Courses)
            {
                string mark = Letter(student.Average(course.Code));
                counts[mark] = counts.GetValueOrDefault(mark) + 1;
            }
        }
        return Scale.Select(entry =>
        {
            int count = counts.GetValueOrDefault(entry.Name);
            return $"{entry.Name} |{new string('#', count / 2),-40}|{count,4}";
        }).ToList();
    }

    static List<string> NoteLines(List<Student> ranked)
    {
        var lines = new List<string>();
        var honours = ranked.Where(s => s.Total >= 80).Select(s => s.Name).ToList();
        lines.Add("Honours: " + (honours.Count == 0 ? "none" : string.Join(", ", honours)));
        foreach (var student in ranked.OrderBy(s => s.Name, StringComparer.Ordinal))
        {
            var failed = Courses.Where(c => student.Average(c.Code) < 40).ToList();
            if (failed.Count > 0)
                lines.Add($"{student.Name} repeats {string.Join(" and ", failed.Select(c => c.Title.ToLower()))}");
        }
        return lines;
    }

    static string Report(string title, List<Student> students)
    {
        var ranked = students.OrderByDescending(s => s.Total).ThenBy(s => s.Name, StringComparer.Ordinal).ToList();
        string rule = new('-', 60);
        var lines = new List<string> { title.ToUpper(), rule };
        List<string>[] parts = [RankingLines(ranked), CourseLines(students), HistogramLines(students), NoteLines(ranked)];
        foreach (var part in parts)
        {
            lines.AddRange(part);
            lines.Add(rule);
        }
        return string.Join("\n", lines);
    }

    public static long Run(int n)
    {
        seed = 42;
        long sum = 0;
        for (int first = 0; first < n; first += ClassSize)
        {
            string text = Report($"Class {first / ClassSize + 1}", MakeStudents(Math.Min(ClassSize, n - first)));
            sum = (sum * 31 + text.Length) % Mod;
            for (int k = 0; k < text.Length; k += 7) sum = (sum * 31 + text[k]) % Mod;
        }
        return sum;
    }
}
